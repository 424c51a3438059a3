//! What students hand in: a file of links, or a sheet of answers as the page writes it.

/// A link, and who handed it in, if the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HandedIn {
    pub(crate) student: Option<String>,
    pub(crate) link: String,
}

/// A prediction on a sheet: the place as people count, and the choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Predicted {
    pub(crate) student: Option<String>,
    pub(crate) step: usize,
    pub(crate) block: usize,
    pub(crate) choice: usize,
}

/// All that a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) links: Vec<HandedIn>,
    pub(crate) predictions: Vec<Predicted>,
    /// The lesson of a sheet.
    pub(crate) lesson: String,
}

/// Reads a file. A sheet of answers begins with a heading; its links stand in angle brackets.
pub(crate) fn read(text: &str) -> Paper {
    if text.trim_start().starts_with("# ") { sheet(text) } else { links(text) }
}

/// One link a line, after a student's id if there is one; spaces, tabs or commas between them.
fn links(text: &str) -> Paper {
    let mut paper = Paper::default();
    for line in text.lines() {
        let words: Vec<&str> = line.split([' ', '\t', ',', ';']).filter(|word| !word.is_empty()).collect();
        if let Some(place) = words.iter().position(|word| is_link(word)) {
            let student = place.checked_sub(1).map(|before| words[before].to_owned());
            paper.links.push(HandedIn { student, link: words[place].to_owned() });
        }
    }
    paper
}

fn is_link(word: &str) -> bool {
    word.contains('#') && word.contains('=')
}

fn sheet(text: &str) -> Paper {
    let all = text.split('<').skip(1).filter_map(|rest| rest.split_once('>'));
    let links: Vec<&str> = all.map(|(link, _)| link).filter(|link| is_link(link)).collect();
    let item = |name: &str| {
        links.iter().find_map(|link| link.split(['#', '&']).find_map(|item| item.strip_prefix(name)))
    };
    let student = item("student=").map(|id| netsplit_scenarios::percent::decode(id).into_owned());
    let lesson = item("lesson=").map_or("", |place| place.split('/').next().unwrap_or_default()).to_owned();
    let proofs = links.iter().filter(|link| link.contains("&goal="));
    let proofs = proofs.map(|link| HandedIn { student: None, link: (*link).to_owned() }).collect();
    let predictions = text.split('`').filter_map(|part| predicted(part, student.as_ref())).collect();
    Paper { links: proofs, predictions, lesson }
}

/// `predict 2.1 = 3`: of step 2, block 1, choice 3.
fn predicted(part: &str, student: Option<&String>) -> Option<Predicted> {
    let (place, choice) = part.strip_prefix("predict ")?.split_once(" = ")?;
    let (step, block) = place.split_once('.')?;
    Some(Predicted {
        student: student.cloned(),
        step: step.parse().ok()?,
        block: block.parse().ok()?,
        choice: choice.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{HandedIn, Predicted, read};

    fn handed_in(student: Option<&str>, link: &str) -> HandedIn {
        HandedIn { student: student.map(str::to_owned), link: link.to_owned() }
    }

    #[test]
    fn a_file_of_links_may_say_whose_they_are() {
        let paper = read("ada,https://example.org/#s=1\n\nbob\t#s=2\n#s=3\nnothing here\n");
        let expected = [
            handed_in(Some("ada"), "https://example.org/#s=1"),
            handed_in(Some("bob"), "#s=2"),
            handed_in(None, "#s=3"),
        ];
        assert_eq!(paper.links, expected);
    }

    #[test]
    fn a_sheet_has_proofs_and_predictions() {
        let paper = read(
            "# A lesson\n\n- this (right) `predict 2.3 = 1`\n- [x] goal\n  <x/#s=1&lesson=cap/3&goal=a&student=a%20b>\n\
             ## The end\n<x/#s=2&lesson=cap/3>\n",
        );
        assert_eq!(paper.links, [handed_in(None, "x/#s=1&lesson=cap/3&goal=a&student=a%20b")]);
        let student = Some("a b".to_owned());
        assert_eq!(paper.predictions, [Predicted { student, step: 2, block: 3, choice: 1 }]);
        assert_eq!(paper.lesson, "cap");
    }
}
