//! Keeping the page for when there is no network, and changing to a new version without losing the run. All of it
//! is a bonus: where the browser refuses, nothing happens.

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use crate::browser;
use crate::msg::Msg;
use crate::stage_contract::AppHandle;

/// Beside the page, since its folder is what it answers for.
const WORKER: &str = "offline.js";
/// What the worker that waits is asked, once somebody wants the new version.
const TAKE_OVER: &str = "take over";

/// Has the browser keep the whole page, and tells when a new version of it waits. For a page of its own: an
/// embedded one is kept by nobody, and neither is a page without a manifest (in one file, or in a test).
pub fn keep(app: &AppHandle) {
    let is_own = !app.read(|model| model.options().embed) && is_outermost() && is_installable();
    let Some(workers) = workers().filter(|_| is_own) else { return };
    let app = app.clone();
    spawn_local(async move {
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = JsFuture::from(workers.register_with_options(WORKER, &options)).await;
        // Without a worker that answers already this is the first visit, and what is installed is this version.
        if let (Ok(registration), Some(_)) = (registered, workers.controller()) {
            tell_of_new_versions(&app, registration.unchecked_into());
        }
    });
}

/// Changes to the version that waits, and opens the run again where its cursor stands.
pub fn renew(app: &AppHandle) {
    let fragment = app.read(|model| model.fragment(&model.session().position()));
    let Some(workers) = workers() else { return reopen(&fragment) };
    spawn_local(async move {
        let registration = JsFuture::from(workers.get_registration()).await;
        let registration = registration.ok().and_then(|found| found.dyn_into().ok());
        match registration.and_then(|registration: ServiceWorkerRegistration| registration.waiting()) {
            Some(waiting) => take_over(&workers, &waiting, fragment),
            // It has taken over already, in another window.
            None => reopen(&fragment),
        }
    });
}

fn take_over(workers: &ServiceWorkerContainer, waiting: &ServiceWorker, fragment: String) {
    let changed = Closure::once_into_js(move || reopen(&fragment));
    workers.set_oncontrollerchange(Some(changed.unchecked_ref()));
    // A worker that is gone by now has no successor to wait for either; the notice stays.
    let _sent = waiting.post_message(&JsValue::from_str(TAKE_OVER));
}

fn reopen(fragment: &str) {
    let Some(window) = web_sys::window() else { return };
    let url = if fragment.is_empty() { "#" } else { fragment };
    let shown =
        window.history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(url)));
    // If the address could not be written, the run would be lost.
    if shown.is_ok() {
        let _reloading = window.location().reload();
    }
}

fn tell_of_new_versions(app: &AppHandle, registration: ServiceWorkerRegistration) {
    if registration.waiting().is_some() {
        app.send(Msg::NewVersion);
    }
    let (app, found) = (app.clone(), registration.clone());
    let found_one = Closure::<dyn Fn()>::new(move || {
        if let Some(installing) = found.installing() {
            tell_once_installed(&app, installing);
        }
    });
    registration.set_onupdatefound(Some(found_one.into_js_value().unchecked_ref()));
}

fn tell_once_installed(app: &AppHandle, worker: ServiceWorker) {
    let (app, changing) = (app.clone(), worker.clone());
    let changed = Closure::<dyn Fn()>::new(move || {
        if changing.state() == ServiceWorkerState::Installed {
            app.send(Msg::NewVersion);
        }
    });
    worker.set_onstatechange(Some(changed.into_js_value().unchecked_ref()));
}

/// Whose `window.navigator` has workers at all: plain http has none, and in an opaque sandbox even to ask throws.
fn workers() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let workers = Reflect::get(&navigator, &JsValue::from_str("serviceWorker")).ok()?;
    workers.is_object().then(|| workers.unchecked_into())
}

fn is_outermost() -> bool {
    let Some(window) = web_sys::window() else { return false };
    window.parent().ok().flatten().is_none_or(|parent| parent == window)
}

fn is_installable() -> bool {
    let manifest = browser::document().and_then(|page| page.query_selector("link[rel=manifest]").ok());
    manifest.flatten().is_some()
}
