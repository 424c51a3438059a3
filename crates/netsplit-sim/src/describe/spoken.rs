//! A protocol's description in the language of the reader.

use std::cell::RefCell;

use netsplit_words::{told, tongue};

use super::{About, Flaw, MessageKind, Order, Param, ParamKind, Property, Role, Rule, Tampering, TimerKind};

/// A description with the language it was made for.
struct Made {
    tongue: usize,
    english: &'static About,
    told: &'static About,
}

thread_local! {
    /// A description is asked for in every frame, so it is made once and kept.
    static MADE: RefCell<Vec<Made>> = const { RefCell::new(Vec::new()) };
}

impl About {
    /// The same in the language of the reader. What documents know by name keeps its name, and the cards
    /// are told where they are shown.
    pub fn spoken(&'static self) -> &'static Self {
        match tongue() {
            0 => self,
            tongue => MADE.with_borrow_mut(|made| {
                let same = |known: &&Made| known.tongue == tongue && std::ptr::eq(known.english, self);
                if let Some(known) = made.iter().find(same) {
                    return known.told;
                }
                let told = kept(self.translated());
                made.push(Made { tongue, english: self, told });
                told
            }),
        }
    }

    fn translated(&'static self) -> Self {
        Self {
            title: told(self.title),
            summary: told(self.summary),
            roles: each(self.roles, |role| Role { name: told(role.name), ..*role }),
            messages: each(self.messages, |kind| MessageKind {
                name: told(kind.name),
                short: told(kind.short),
                ..*kind
            }),
            rules: each(self.rules, |rule| Rule { sentence: told(rule.sentence), ..*rule }),
            timers: each(self.timers, |timer| TimerKind { name: told(timer.name), ..*timer }),
            orders: each(self.orders, |order| Order { name: told(order.name), meaning: told(order.meaning) }),
            tampers: each(self.tampers, |tampering| Tampering {
                name: told(tampering.name),
                meaning: told(tampering.meaning),
            }),
            params: each(self.params, param),
            flaws: each(self.flaws, |flaw| Flaw { meaning: told(flaw.meaning), ..*flaw }),
            properties: each(self.properties, |property| Property {
                title: told(property.title),
                meaning: told(property.meaning),
                ..*property
            }),
            intolerable: each(self.intolerable, |(assumption, banner)| (*assumption, told(banner))),
            ..*self
        }
    }

    /// Every text that people read, in English: what translators translate.
    pub fn texts(&self) -> Vec<&'static str> {
        let mut texts = vec![self.title, self.summary];
        texts.extend(self.roles.iter().map(|role| role.name));
        texts.extend(self.messages.iter().flat_map(|kind| [kind.name, kind.short]));
        texts.extend(self.rules.iter().map(|rule| rule.sentence));
        texts.extend(self.timers.iter().map(|timer| timer.name));
        texts.extend(self.orders.iter().flat_map(|order| [order.name, order.meaning]));
        texts.extend(self.tampers.iter().flat_map(|tampering| [tampering.name, tampering.meaning]));
        for param in self.params {
            texts.push(param.meaning);
            if let ParamKind::Choice { options } = param.kind {
                texts.extend(options.iter().map(|(_, meaning)| *meaning));
            }
        }
        texts.extend(self.flaws.iter().map(|flaw| flaw.meaning));
        texts.extend(self.properties.iter().flat_map(|property| [property.title, property.meaning]));
        let cards = [(self.rule_card)(), (self.model_card)(), (self.departures)()];
        texts.extend(cards.into_iter().flatten().flat_map(|(place, what)| [*place, *what]));
        texts.extend(self.intolerable.iter().map(|(_, banner)| *banner));
        texts
    }
}

fn param(param: &Param) -> Param {
    let kind = match param.kind {
        ParamKind::Choice { options } => {
            ParamKind::Choice { options: each(options, |(name, meaning)| (*name, told(meaning))) }
        }
        number => number,
    };
    Param { meaning: told(param.meaning), kind, ..*param }
}

fn each<T>(of: &'static [T], translated: impl Fn(&'static T) -> T) -> &'static [T] {
    Box::leak(of.iter().map(translated).collect())
}

fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
