//! What is exported of a run is read back as the same history, with the same verdict.

use netsplit_checkers::history::History;
use netsplit_checkers::model::Model;
use netsplit_checkers::search::Budget;
use netsplit_checkers::search::judge as judged;
use netsplit_checkers::verdict::Consistency;
use netsplit_formats::history::{Names, Told};
use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::judge;
use netsplit_scenarios::open::open;

use crate::exported::{by_process, read_back};

fn verdict(history: &History, model: Model) -> &'static str {
    judged(Consistency::Linearizable(model), history, Budget(200_000)).name()
}

#[test]
fn every_story_of_the_gallery_comes_back_with_the_same_verdict() {
    let mut operations = 0;
    for item in gallery() {
        let record = item.record().expect(item.path);
        let mut run = open(&record).expect(item.path);
        run.seek(run.until()).expect(item.path);
        let history = judge::history(&*run, run.step()).expect("nothing was forgotten");
        let model = judge::model(&record.scenario).expect("its protocol is known");
        let names = Names::of_run(&history);
        let imported = read_back(&Told { history: &history, names: &names, bands: &[], model });
        assert_eq!(
            by_process(&imported.history, &imported.names),
            by_process(&history, &names),
            "{}",
            item.path
        );
        assert_eq!(verdict(&imported.history, model), verdict(&history, model), "{}", item.path);
        operations += history.operations().len();
    }
    assert!(operations > 100, "{operations} operations");
}
