//! Both halves together do what the module did, whatever the profile says ran.

use std::fmt::Write as _;

use wasmi::{Engine, Extern, Instance, Linker, Module, Store, Val};

use super::data::Data;
use super::profile::Profile;
use super::{emit, plan::Plan};

/// Functions with every kind of exit that a part can have; each adds up what it passes in a global.
const PROGRAM: &str = r#"
(module
  (memory (export "memory") 1)
  (table 4 funcref)
  (elem (i32.const 1) $twice $add)
  (global $sum (export "sum") (mut i32) (i32.const 0))
  (func $add (param i32) (global.set $sum (i32.add (i32.mul (global.get $sum) (i32.const 3)) (local.get 0))))
  (func $twice (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))

  ;; Returns from the middle, with a value, or falls through.
  (func $early (export "early") (param $x i32) (result i32) (local $y i64)
    (block $out
      (br_if $out (i32.eqz (local.get $x)))
      (call $add (local.get $x))
      (local.set $y (i64.extend_i32_u (local.get $x)))
      (if (i32.eq (local.get $x) (i32.const 1)) (then
        (call $add (i32.const 5))
        (return (i32.const 77))))
      (local.set $x (i32.add (local.get $x) (i32.const 1)))
      (br_if $out (i32.eq (local.get $x) (i32.const 3)))
      (call $add (i32.wrap_i64 (local.get $y)))
      (local.set $y (i64.const 9)))
    (i32.add (local.get $x) (i32.wrap_i64 (local.get $y))))

  ;; A part at the end of a loop goes on to its beginning, out of it, or past it.
  (func $around (export "around") (param $x i32) (result i32) (local $n i32) (local $kept i32)
    (local.set $kept (i32.const 4))
    (block $out
      (loop $again
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br_if $again (i32.and (i32.lt_u (local.get $n) (i32.const 3)) (i32.eqz (local.get $x))))
        (call $add (local.get $n))
        (local.set $kept (i32.add (local.get $kept) (local.get $n)))
        (br_if $out (i32.eq (local.get $n) (local.get $x)))
        (br_if $again (i32.lt_u (local.get $n) (i32.const 5)))
        (call $add (local.get $kept))
        (local.set $x (i32.const 12)))
      (call $add (i32.const 8)))
    (i32.add (local.get $kept) (i32.add (local.get $n) (local.get $x))))

  ;; Nothing in the loop's last part but the way back.
  (func $back (export "back") (param $x i32) (result i32) (local $n i32)
    (loop $again (result i32)
      (local.set $n (i32.add (local.get $n) (i32.const 2)))
      (if (i32.lt_u (local.get $n) (i32.const 6)) (then
        (call $add (local.get $n)) (call $add (local.get $x)) (call $add (i32.const 3))
        (br $again)))
      (call $add (local.get $x))
      (i32.add (local.get $n) (call $twice (local.get $x)))))

  ;; A loop's last part whose only way is back.
  (func $only_back (export "only_back") (param $x i32) (result i32) (local $n i32)
    (block $out
      (loop $again
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br_if $out (i32.ge_u (local.get $n) (i32.const 4)))
        (call $add (local.get $n)) (call $add (local.get $x)) (call $add (i32.const 3))
        (br $again)))
    (local.get $n))

  ;; A table of branches, each with the same value.
  (func $choice (export "choice") (param $x i32) (result i32)
    (block $a (result i32)
      (i32.add (i32.const 100)
        (block $b (result i32)
          (if (result i32) (i32.gt_u (local.get $x) (i32.const 1))
            (then
              (call $add (local.get $x))
              (br_table $a $b 0 $a (i32.const 40) (local.get $x)))
            (else
              (call $add (i32.const 6))
              (call $add (i32.const 7))
              (local.set $x (i32.const 31))
              (call_indirect (param i32) (result i32) (local.get $x) (i32.const 1))))))))

  ;; Values of two types leave it, and a trap.
  (func $mixed (export "mixed") (param $x i32) (result i32) (local $y f64) (local $z i64)
    (local.set $y
      (block $wide (result f64)
        (if (i32.eq (local.get $x) (i32.const 2)) (then
          (call $add (i32.const 1)) (call $add (i32.const 2)) (call $add (i32.const 3))
          (drop (br_if $wide (f64.const 2.5) (global.get $sum)))
          (return (i32.const 6))))
        (if (i32.eq (local.get $x) (i32.const 4)) (then
          (call $add (i32.const 4)) (call $add (i32.const 5)) (call $add (i32.const 6))
          (unreachable)))
        (local.set $z (i64.const 3))
        (call $add (i32.const 9))
        (f64.convert_i32_u (local.get $x))))
    (i32.add (i32.wrap_i64 (local.get $z)) (i32.trunc_f64_s (f64.mul (local.get $y) (f64.const 2)))))
)"#;

const FUNCTIONS: [&str; 6] = ["early", "around", "back", "only_back", "choice", "mixed"];
/// More would take long: all subsets are tried.
const MOST_POINTS: usize = 9;

struct Running {
    store: Store<()>,
    first: Instance,
}

impl Running {
    fn whole(module: &[u8]) -> Self {
        let engine = Engine::default();
        let mut store = Store::new(&engine, ());
        let module = Module::new(&engine, module).unwrap();
        let first = Linker::new(&engine).instantiate_and_start(&mut store, &module).unwrap();
        Self { store, first }
    }

    fn halves(first: &[u8], late: &[u8]) -> Self {
        let mut running = Self::whole(first);
        let engine = running.store.engine().clone();
        let mut linker = Linker::new(&engine);
        let exports: Vec<(String, Extern)> = running
            .first
            .exports(&running.store)
            .map(|export| (export.name().to_owned(), export.into_extern()))
            .collect();
        for (name, export) in exports {
            linker.define("first", &name, export).unwrap();
        }
        let late = Module::new(&engine, late).unwrap();
        linker.instantiate_and_start(&mut running.store, &late).unwrap();
        running
    }

    /// What a function returns, or nothing if it traps; and the sum of what it passed.
    fn call(&mut self, name: &str, argument: i32) -> (Option<i32>, i32) {
        let function = self.first.get_func(&self.store, name).unwrap();
        let mut results = [Val::I32(0)];
        let called = function.call(&mut self.store, &[Val::I32(argument)], &mut results);
        let sum = self.first.get_global(&self.store, "sum").unwrap().get(&self.store).i32().unwrap();
        (called.ok().and_then(|()| results[0].i32()), sum)
    }
}

fn halves(module: &[u8], profile: &str) -> (Vec<u8>, Vec<u8>) {
    let module = super::Module::read(module).unwrap();
    let plan = Plan::new(&module, &Profile::read(profile).unwrap());
    let none = Data::default();
    (emit::first(&module, &plan, &none).unwrap(), emit::late(&module, &plan, &none).unwrap())
}

/// The profiles in which one function reaches some of its points, in every combination.
fn profiles(module: &[u8], name: &str) -> Vec<String> {
    let module = super::Module::read(module).unwrap();
    let function =
        (module.imported()..module.functions()).find(|function| module.name(*function) == name).unwrap();
    let points = super::points::count(module.body(function));
    let free = points.min(MOST_POINTS);
    let combinations = 0..1_u32 << free;
    let profile = |chosen: u32| {
        let mut line = String::new();
        for point in (0..points).filter(|point| *point >= free || chosen >> point & 1 == 1) {
            let comma = if line.is_empty() { "" } else { "," };
            write!(line, "{comma}{point}").unwrap();
        }
        if line.is_empty() { String::new() } else { format!("{points} {line} {name}\n") }
    };
    combinations.map(profile).collect()
}

#[test]
fn halves_do_what_the_whole_does_under_every_profile() {
    let module = wat::parse_str(PROGRAM).unwrap();
    let mut parts = 0;
    for name in FUNCTIONS {
        for profile in profiles(&module, name) {
            let (first, late) = halves(&module, &profile);
            parts += usize::from(late.len() > 400);
            for argument in 0..7 {
                let expected = Running::whole(&module).call(name, argument);
                let found = Running::halves(&first, &late).call(name, argument);
                assert_eq!(found, expected, "{name}({argument}) where only this ran: {profile:?}");
            }
        }
    }
    assert!(parts > 0, "nothing was late");
}
