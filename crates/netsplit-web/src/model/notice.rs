//! Notices: one sentence on what went wrong or was discarded, and what can be done about it.

use netsplit_words::say;

use super::{Model, Ui};

/// A sentence on top of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Which.
    pub id: u32,
    /// Whether something went wrong.
    pub tone: NoticeTone,
    /// What happened.
    pub text: String,
    /// What can be done.
    pub offers: &'static [Offer],
}

/// Whether something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeTone {
    /// It did.
    Bad,
    /// It did not: something is worth knowing.
    Told,
}

/// What a notice offers to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Taking back the last change.
    Undo,
    /// Pasting another link or a document.
    Paste,
    /// Opening the first scenario of the gallery.
    StartEmpty,
    /// Choosing from the gallery.
    Gallery,
    /// Reloading, to change to a new version of the page.
    Renew,
}

/// At most so many stand at once; the oldest make room.
const MOST_NOTICES: usize = 3;

impl Ui {
    /// Puts up a notice. The same sentence does not stand twice.
    pub(super) fn notify(&mut self, tone: NoticeTone, text: String, offers: &'static [Offer]) {
        self.notices.retain(|notice| notice.text != text && !notice.offers.contains(&Offer::Undo));
        if self.notices.len() >= MOST_NOTICES {
            self.notices.remove(0);
        }
        let id = self.next_notice;
        self.next_notice += 1;
        self.tell(text.clone());
        self.notices.push(Notice { id, tone, text, offers });
    }

    /// Says that a new version of the page waits. It goes on waiting for as long as nobody wants it.
    pub(super) fn offer_new_version(&mut self) {
        let text = say!("There is a new version of Netsplit. Reloading keeps this run, at this moment.");
        self.notify(NoticeTone::Told, text.to_owned(), &[Offer::Renew]);
    }

    /// Tells a sentence in the live region.
    pub(super) fn tell(&mut self, text: String) {
        self.told = (self.told.0.wrapping_add(1), text);
    }
}

impl Model {
    /// Puts up a notice that something went wrong.
    pub(super) fn warn(&mut self, text: String) {
        self.ui.notify(NoticeTone::Bad, text, &[]);
    }
}
