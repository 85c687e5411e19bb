//! The frame around every page: where one is, what one may open, who one is.

use casework::{
    case::StepKind,
    member::{Duty, Role},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{desk::desk, islands::IdleWarning, parts::address};

/// The head of every page. Signed out, it names the desk and nothing else.
pub fn head() -> AnyView {
    let desk = desk().ok();
    let name = desk
        .as_ref()
        .map(|desk| desk.organisation())
        .unwrap_or_default();
    let Some((me, now)) = desk.and_then(|desk| Some((desk.me().ok()?, desk.now()))) else {
        return view! { <header class="head"><p class="house">"Disclosure Desk" <span>{name}</span></p></header> }
            .into_any();
    };
    let path = use_location().pathname.get_untracked();
    let links = places(me.member.role).into_iter().map(|(href, word)| {
        let here = if path == href {
            Some("page")
        } else {
            within(&path, href).then_some("true")
        };
        view! { <li><a href=href aria-current=here>{word}</a></li> }
    });
    let seconds = me.idles_out_at.duration_since(now).as_secs();
    view! {
        <header class="head">
            <p class="house"><a href="/">"Disclosure Desk"</a> <span>{name}</span></p>
            <nav aria-label="Main"><ul>{links.collect_view()}</ul></nav>
            <div class="whoami">
                <a href="/account" aria-current=(path == "/account").then_some("page")>
                    {me.member.name.to_string()}
                </a>
                <span class="role">{me.member.role.word()}</span>
                <form method="post" action="/sign-out"><button class="quiet">"Sign out"</button></form>
            </div>
            <IdleWarning seconds=seconds/>
        </header>
    }
    .into_any()
}

/// The places a role may open, in the order of its work.
fn places(role: Role) -> Vec<(&'static str, &'static str)> {
    let may = |duty| role.may(duty);
    [
        (may(Duty::ReadCases), "/cases", "Cases"),
        (may(Duty::ReadCases), "/calendar", "Calendar"),
        (
            StepKind::Draft.roles().contains(&role),
            "/cases/new",
            "New request",
        ),
        (
            StepKind::Draft.roles().contains(&role),
            "/emergency",
            "Emergency",
        ),
        (may(Duty::ReadCases), "/requesters", "Requesters"),
        (may(Duty::ReadLedger), "/ledger", "Ledger"),
        (may(Duty::Administer), "/witnesses", "Witnesses"),
        (may(Duty::Administer), "/members", "Members"),
        (may(Duty::Administer), "/mail", "Mail"),
        // Whoever works here may read the promise.
        (true, "/policy", "Policy"),
        (may(Duty::Administer), "/tables", "Tables"),
        (may(Duty::Administer), "/letters", "Letters"),
        (may(Duty::Administer), "/organisation", "Organisation"),
    ]
    .into_iter()
    .filter_map(|(may, href, word)| may.then_some((href, word)))
    .collect()
}

fn within(path: &str, href: &str) -> bool {
    href != "/cases/new"
        && path != "/cases/new"
        && path
            .strip_prefix(href)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// What was just done, after a redirect.
pub fn done() -> Option<AnyView> {
    let says = told(address::query().get("done"))?;
    Some(view! { <p class="done" role="status">{says}</p> }.into_any())
}

/// The one table of these codes. A code that is not in it says nothing, so an address made up by
/// somebody else puts no words on the page.
fn told(code: &str) -> Option<&'static str> {
    Some(match code {
        "saved" => "Saved.",
        "ended" => "The session was ended.",
        "added" => "The member was added.",
        "changed" => "Changed.",
        "witness-named" => "Named. From now on the desk takes this witness's cosignatures.",
        "witness-dismissed" => "Dismissed. What it cosigned so far stays.",
        "ledger-opened" => "Opened: everybody can read the ledger's hashes and leaves at /log.",
        "ledger-shut" => "Shut: nobody outside can read the ledger, and no witness can follow it.",
        "reset" => "The password was reset.",
        "published" => "The policy version was published.",
        "mail-arrived" => "Noted: the mail arrived. It is not sent again.",
        "mail-again" => "The mail waits in the outbox and is sent again, as the same message.",
        "mail-test" => "A test mail to you waits in the outbox.",
        "named" => "The organisation was named.",
        "feed-opened" => "Your calendar feed was opened.",
        "feed-closed" => "Your calendar feed was closed.",
        "entered" => "Added to the directory.",
        "linked" => "Added to the directory, and this request is linked to it.",
        "merged" => "Merged. This entry holds everything of both; the other one points here.",
        "issued" => "The record was issued. It is the newest below.",
        "password" => {
            "Your password was changed; your other sessions were ended, and so was your calendar feed if one was open."
        }
        "sign_out" => "You are signed out.",
        "emergency" => "The emergency was filed. Somebody else must now call the requester back.",
        "template" => "The template was published. Letters begin from it from now on.",
        "tables" => "The tables were published. Cases classified from now on are judged by them.",
        code => match StepKind::from_code(code)? {
            StepKind::Draft => "The draft was kept.",
            StepKind::File => "The request was filed. Classify it next.",
            StepKind::Edit => "The request was mended.",
            StepKind::Classify => "The case was classified.",
            StepKind::Attach => "What you sent was attached.",
            StepKind::Strike => "The order was struck. It stays on the case, and no longer counts.",
            StepKind::Verify => "The verification was recorded.",
            StepKind::Submit => "The case was put before a manager.",
            StepKind::Decide => "The decision was recorded.",
            StepKind::Review => "The review was recorded.",
            StepKind::Disclose => "The disclosure was recorded.",
            StepKind::Close => "The case was closed.",
            StepKind::Withdraw => "The case was withdrawn.",
            StepKind::Reopen => "The case was reopened. Its earlier decisions are kept.",
            StepKind::Search => "What is held was recorded.",
            StepKind::Pause => "The clock stands still.",
            StepKind::Resume => "The clock runs again.",
            StepKind::Hold => "The hold was given.",
            StepKind::Renew => "The renewal was recorded.",
            StepKind::Convert => {
                "The hold was converted: it lasts as long as the production needs it."
            }
            StepKind::Release => "The hold was released.",
            StepKind::Gag => {
                "The nondisclosure order was recorded. The subject is not told before it ends."
            }
            StepKind::Lift => "It was recorded that the gag ended. The subject may be told.",
            StepKind::Notify => "The notice was recorded.",
            StepKind::Untold => "It was recorded why nobody is told.",
            StepKind::Object => {
                "The objection was recorded. Nothing is produced before it is settled."
            }
            StepKind::Settle => "The objection was settled.",
            StepKind::Letter => "The letter was filed.",
            StepKind::Process => "What became of formal process was recorded.",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_sentence() {
        assert!(StepKind::ALL.iter().all(|step| told(step.code()).is_some()));
        assert_eq!(told("<b>you won</b>"), None);
    }

    #[test]
    fn nobody_is_led_where_they_may_not_go() {
        let hrefs = |role| {
            places(role)
                .into_iter()
                .map(|(href, _)| href)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            hrefs(Role::Staff),
            [
                "/cases",
                "/calendar",
                "/cases/new",
                "/emergency",
                "/requesters",
                "/policy"
            ]
        );
        for reads in [Role::Manager, Role::Auditor] {
            assert_eq!(
                hrefs(reads),
                ["/cases", "/calendar", "/requesters", "/ledger", "/policy"]
            );
        }
        assert_eq!(
            hrefs(Role::Administrator),
            [
                "/ledger",
                "/witnesses",
                "/members",
                "/mail",
                "/policy",
                "/tables",
                "/letters",
                "/organisation"
            ]
        );
    }
}
