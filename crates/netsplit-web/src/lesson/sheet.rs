//! The sheet of answers, as Markdown: what was predicted, met and answered, with the links that prove it.
//! `netsplit check-solution` reads it again: links are those in angle brackets, predictions the words in
//! backticks.

use netsplit_scenarios::lesson::content::{Block, plain};
use netsplit_sim::encode::Digest;
use netsplit_words::say;

use super::Spot;
use super::learning::Learning;

/// The sheet. `page` is the address of the page, `link` the fragment of the run that is shown.
pub fn sheet(learning: &Learning, page: &str, link: &str, digest: Digest) -> String {
    let lesson = learning.lesson();
    let mut lines = vec![["# ", &lesson.title].concat(), String::new()];
    if let Some(student) = learning.student() {
        lines.push(say!("Student: {id}", id = student.id()));
        lines.push(String::new());
    }
    for (step, part) in lesson.steps.iter().enumerate() {
        let said: Vec<String> = (0..part.body.len())
            .flat_map(|block| told(learning, page, Spot { step, block }, &part.body[block]))
            .collect();
        if !said.is_empty() {
            lines.push(["## ", &part.title].concat());
            lines.push(String::new());
            lines.extend(said);
        }
    }
    lines.push(["## ", say!("The run at the end")].concat());
    lines.push(String::new());
    lines.push(["<", page, link, ">"].concat());
    lines.push(String::new());
    lines.push(say!("Digest: {digest}", digest));
    lines.push(String::new());
    lines.join("\n")
}

fn told(learning: &Learning, page: &str, spot: Spot, block: &Block) -> Vec<String> {
    match block {
        Block::Predict(predict) => {
            let said = learning.predicted(spot);
            let mut lines = vec![["**", &plain(&predict.ask), "**"].concat(), String::new()];
            lines.push(match said {
                None => say!("- no prediction").to_owned(),
                Some(said) => {
                    let choice = plain(&predict.choices[said.choice].say);
                    let mark = match said.right {
                        None => say!("not run"),
                        Some(right) if right == said.choice => say!("right"),
                        Some(_) => say!("wrong"),
                    };
                    let key = format!("`predict {}.{} = {}`", spot.step + 1, spot.block + 1, said.choice + 1);
                    format!("- {choice} ({mark}) {key}")
                }
            });
            lines.push(String::new());
            lines
        }
        Block::Goal(goal) => {
            let number = learning.lesson().goals().position(|(_, other)| other.name == goal.name);
            let state = number.and_then(|number| learning.goals().states().get(number));
            let met = state.and_then(|state| state.met.as_ref());
            let mark = if met.is_some() { "- [x] " } else { "- [ ] " };
            let mut lines = vec![[mark, &plain(&goal.say)].concat()];
            if let Some((_, link)) = met {
                lines.push(["  <", page, link, ">"].concat());
            }
            lines.push(String::new());
            lines
        }
        Block::Question(question) => {
            let answer = learning.answer(spot).lines().map(|line| ["> ", line].concat());
            let mut lines = vec![["**", &plain(&question.ask), "**"].concat(), String::new()];
            lines.extend(answer);
            lines.push(String::new());
            lines
        }
        _ => Vec::new(),
    }
}
