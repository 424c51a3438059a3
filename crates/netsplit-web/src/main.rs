//! Starts the page.

fn main() {
    netsplit_web::start();
}
