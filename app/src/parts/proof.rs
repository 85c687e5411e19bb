//! The password, asked again beside what needs a fresh proof.

use leptos::prelude::*;

use crate::{desk::Me, parts::Form};

/// The field, where the password was not confirmed within the last minutes.
pub fn ask(form: &Form, me: &Me) -> Option<AnyView> {
    (!me.proof_is_fresh).then(|| {
        view! {
            <div class="proof">
                {form
                    .password("proof", "Your password, once more")
                    .hint("This is recorded as yours. It is asked when it was not given in the last five minutes.")
                    .fill("current-password")}
            </div>
        }
        .into_any()
    })
}
