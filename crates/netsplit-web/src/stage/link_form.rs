//! How a link behaves: delay by presets and numbers, loss, duplication, reordering, bandwidth.

use netsplit_sim::id::Link;
use netsplit_sim::intervention::Intervention;
use netsplit_sim::network::LinkModel;
use netsplit_words::{say, told, word};
use yew::prelude::{Callback, Html, html};

use super::field::{choice, field, tick};
use super::link_values::{BadValue, DelayKind, LinkValues, PRESETS, Preset};

/// What is typed about a link so far.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkEntry {
    /// The link.
    pub link: Link,
    /// How it behaves.
    before: LinkModel,
    values: LinkValues,
    /// Whether the other direction is changed too; `None` if that is not asked.
    both: Option<bool>,
}

impl LinkEntry {
    /// A link as it is, to be changed in both directions.
    pub fn new(link: Link, before: LinkModel) -> Self {
        Self { link, values: LinkValues::of(&before), before, both: Some(true) }
    }

    /// One direction of a link as it is.
    pub fn alone(link: Link, before: LinkModel) -> Self {
        Self { both: None, ..Self::new(link, before) }
    }

    /// What it does to the system.
    pub fn done(&self) -> Result<Vec<Intervention>, BadValue> {
        let model = self.values.model(&self.before)?;
        let mut done = vec![Intervention::SetLink(self.link, model.clone())];
        if self.both == Some(true) {
            done.push(Intervention::SetLink(self.link.reversed(), model));
        }
        Ok(done)
    }

    /// Its fields; `put` takes the entry as it is typed.
    pub fn fields(&self, put: &Callback<Self>) -> Html {
        let label = say!("also {link}", link = self.link.reversed());
        html! {
            <>
                { self.delay(put) }
                { self.mishaps(put) }
                if let Some(both) = self.both {
                    <fieldset>
                        { tick(label, both, self.change(put, |entry, both| entry.both = Some(both))) }
                    </fieldset>
                }
            </>
        }
    }

    /// A callback that puts the entry with one part changed.
    fn change<T: 'static>(&self, put: &Callback<Self>, set: fn(&mut Self, T)) -> Callback<T> {
        let entry = self.clone();
        put.reform(move |value| {
            let mut next = entry.clone();
            set(&mut next, value);
            next
        })
    }

    fn delay(&self, put: &Callback<Self>) -> Html {
        let labels = self.values.kind.labels();
        html! {
            <fieldset>
                <legend>{ say!("Delay") }</legend>
                <div class="presets">{ for PRESETS.iter().map(|preset| self.preset(preset, put)) }</div>
                { self.kinds(put) }
                if self.values.kind != DelayKind::Kept {
                    { field(labels.first, &self.values.first, self.change(put, |d, text| d.values.first = text)) }
                }
                if let Some(second) = labels.second {
                    { field(second, &self.values.second, self.change(put, |d, text| d.values.second = text)) }
                }
            </fieldset>
        }
    }

    fn preset(&self, preset: &'static Preset, put: &Callback<Self>) -> Html {
        let entry = self.clone();
        let onclick = put.reform(move |_| Self { values: preset.put_into(&entry.values), ..entry.clone() });
        let pressed = if preset.is_chosen(&self.values) { "true" } else { "false" };
        html! { <button type="button" aria-pressed={pressed} {onclick}>{ told(preset.name) }</button> }
    }

    fn kinds(&self, put: &Callback<Self>) -> Html {
        let kept = (self.values.kind == DelayKind::Kept).then_some(DelayKind::Kept);
        let kinds: Vec<DelayKind> = DelayKind::ALL.into_iter().chain(kept).collect();
        let names: Vec<String> = kinds.iter().map(|kind| told(kind.name()).to_owned()).collect();
        let selected = kinds.iter().position(|kind| *kind == self.values.kind).unwrap_or_default();
        let chosen = self.change(put, |entry, index: usize| {
            entry.values.kind = DelayKind::ALL.get(index).copied().unwrap_or(DelayKind::Kept);
        });
        choice(word!("model"), &names, selected, chosen)
    }

    fn mishaps(&self, put: &Callback<Self>) -> Html {
        let LinkValues { loss, duplicate, reorder, reorder_by, bandwidth, fifo, .. } = &self.values;
        let in_order = self.change(put, |d, fifo| d.values.fifo = fifo);
        html! {
            <fieldset>
                <legend>{ say!("Messages") }</legend>
                { field(word!("lost, %"), loss, self.change(put, |d, text| d.values.loss = text)) }
                { field(word!("twice, %"), duplicate, self.change(put, |d, text| d.values.duplicate = text)) }
                { field(word!("overtaken, %"), reorder, self.change(put, |d, text| d.values.reorder = text)) }
                { field(word!("by at most, ms"), reorder_by, self.change(put, |d, text| d.values.reorder_by = text)) }
                { field(word!("at most kB/s"), bandwidth, self.change(put, |d, text| d.values.bandwidth = text)) }
                { tick(say!("always in order").to_owned(), *fifo, in_order) }
            </fieldset>
        }
    }
}
