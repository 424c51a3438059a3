//! What people do on the page, in one move each.

use serde_json::{Value, json};

use super::page::Page;

impl Page {
    /// Plays, by the button.
    pub async fn play(&self) {
        self.click("button(/^Play$/)").await;
        self.until("the run plays", "isPlaying()").await;
    }

    /// Pauses, by the button.
    pub async fn pause(&self) {
        self.click("button(/^Pause$/)").await;
        self.until("the run rests", "!isPlaying()").await;
    }

    /// The link that the share dialog copies.
    pub async fn copy_link(&self) -> String {
        let permission = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.dev_tools("Browser.grantPermissions", permission).await;
        self.click("button(/^Share$/)").await;
        let shown = self.until("the dialog shows a link", "field(/^Link to this run$/)?.value").await;
        self.click("button(/^Copy link$/)").await;
        self.until_it_is_told("/The link was copied/").await;
        let copied = self.script_later("navigator.clipboard.readText().then(arguments[0]);").await;
        assert_eq!(copied, shown, "what is copied is what is shown");
        self.keys(&["Escape"]).await;
        self.until("the dialog is closed", "!dialog(/Share/)").await;
        text(&copied)
    }

    /// Waits until the live region tells a sentence that matches.
    pub async fn until_it_is_told(&self, pattern: &str) {
        let regions = "all('[role=status], [role=alert]')";
        let expression = format!("{regions}.some((region) => {pattern}.test(tidy(region.textContent)))");
        self.until(&format!("the live region tells {pattern}"), &expression).await;
    }

    /// Crashes a server, by its menu.
    pub async fn crash_by_menu(&self, id: &str) {
        self.click(&format!("grip('node:{id}')")).await;
        self.click("button(/^Crash$/)").await;
        self.until(&format!("{id} is down"), &format!("/crashed/.test(nameOf(grip('node:{id}')))")).await;
    }

    /// Makes a client ask a server to write, by the client's own menu.
    pub async fn write_by_client_menu(&self, client: &str, server: &str) {
        self.click(&format!("grip('node:{client}')")).await;
        self.click("button(/^Ask for an operation/)").await;
        self.choose("asks", server).await;
        self.click("button(/^Ask$/)").await;
    }

    /// Makes a client ask a server to write, by the server's menu.
    pub async fn write_by_node_menu(&self, client: &str, server: &str) {
        self.click(&format!("grip('node:{server}')")).await;
        self.click("button(/^Send a client operation/)").await;
        self.choose("client", client).await;
        self.click("button(/^Ask$/)").await;
    }

    /// Chooses from a list by typing what is wanted.
    async fn choose(&self, list: &str, wanted: &str) {
        let list = format!("field(/^{list}/)");
        self.until("the list is there", &list).await;
        self.tab_to(&list).await;
        self.type_text(wanted).await;
        let chosen = format!("tidy({list}.selectedOptions[0].textContent) === '{wanted}'");
        self.until(&format!("{wanted} is chosen"), &chosen).await;
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("this is text").to_owned()
}
