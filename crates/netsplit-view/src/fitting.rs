//! Which claims there is room for on the stage.

use crate::verdict::{Chip, Mood};

/// More claims than this would reach down to the nodes.
const MOST: usize = 3;

/// The claims there is room for: operations one by one give way first, since their total stands below
/// them; conditions never do.
pub fn fitting(chips: &[Chip]) -> Vec<&Chip> {
    let is_single = |chip: &Chip| chip.mood == Mood::Waiting && chip.moment.is_some();
    let singles = chips.iter().filter(|chip| is_single(chip)).count();
    let mut room = (singles + MOST).saturating_sub(chips.len());
    let mut keep = |chip: &&Chip| {
        if !is_single(chip) {
            return true;
        }
        let fits = room > 0;
        room = room.saturating_sub(1);
        fits
    };
    chips.iter().filter(|chip| keep(chip)).collect()
}

#[cfg(test)]
mod tests {
    use netsplit_sim::history::Moment;

    use super::*;

    fn chip(mood: Mood, of_one: bool) -> Chip {
        let moment = of_one.then(Moment::default);
        Chip { mood, text: String::new(), moment, meaning: String::new(), history: false }
    }

    #[test]
    fn single_operations_give_way_and_conditions_stay() {
        let chips = [
            chip(Mood::Good, false),
            chip(Mood::Waiting, true),
            chip(Mood::Waiting, true),
            chip(Mood::Waiting, false),
            chip(Mood::Note, false),
        ];
        let shown: Vec<_> =
            fitting(&chips).into_iter().map(|chip| (chip.mood, chip.moment.is_some())).collect();
        assert_eq!(shown, [(Mood::Good, false), (Mood::Waiting, false), (Mood::Note, false)]);
        assert_eq!(fitting(&chips[..4]).len(), MOST);
        assert_eq!(fitting(&chips[..2]).len(), 2);
    }
}
