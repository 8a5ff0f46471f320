#![no_main]

#[path = "../doors.rs"]
mod doors;

// The program is not instrumented: build it first, and name it in SCHOLIAST.
libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    let program = std::env::var_os("SCHOLIAST").expect("SCHOLIAST names the program");
    doors::wire(program.as_ref(), input);
});
