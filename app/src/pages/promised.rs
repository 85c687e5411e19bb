//! What a version of the promise says, beside what was done under it.

use casework::{
    disclosure::{Answer, NoticeOutcome},
    ground::Ground,
    policy::made::{Ask, Counted, Made, Notice},
};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    desk::{Under, UnderGround},
    parts::{
        address, badge,
        load::{load, refuse},
        time,
    },
};

/// The version's text; for those who read cases, each clause with the disclosures made on it.
pub fn page() -> AnyView {
    let version = match address::version_here() {
        Ok(version) => version,
        Err(fault) => return refuse(&fault),
    };
    let ask = Ask::parse(version, &address::query());
    load(
        move |desk| async move { desk.under(ask).await },
        |under: Under| view(&under),
    )
}

fn view(under: &Under) -> AnyView {
    let policy = &under.row.policy;
    let number = policy.version.0;
    let until = under
        .until
        .and_then(|until| until.yesterday().ok())
        .map(|last| view! { " to " {time::day(last)} });
    view! {
        <Title text=format!("Policy version {number} · Disclosure Desk")/>
        <header class="page-head">
            <p class="way"><a href="/policy">"Policy"</a></p>
            <h1>{format!("Version {number}")}</h1>
            <p class="marks">
                <span>"In force from " {time::day(policy.in_force_from)} {until}</span>
                <span>{many(under.row.cases, "case is pinned to it", "cases are pinned to it")}</span>
                <span>{many(under.row.disclosures, "disclosure was made under it", "disclosures were made under it")}</span>
            </p>
        </header>
        <section aria-labelledby="promise-head">
            <h2 id="promise-head">"The promise"</h2>
            <blockquote>{policy.clauses.promise.to_string()}</blockquote>
        </section>
        {if under.grounds.is_empty() { text(under) } else { beside(under) }}
    }
    .into_any()
}

/// Only what is published, for those who read no cases.
fn text(under: &Under) -> AnyView {
    let clauses = Ground::ALL.iter().map(|ground| {
        view! {
            <h3>{ground.word()}</h3>
            <blockquote>{under.row.policy.clauses.of(*ground).to_string()}</blockquote>
        }
    });
    view! { <section>{clauses.collect_view()}</section> }.into_any()
}

fn beside(under: &Under) -> AnyView {
    let narrowed = under.ask.ground.is_some() || under.ask.ill;
    let all = Ask {
        ground: None,
        ill: false,
        before: None,
        ..under.ask.clone()
    };
    let told = match (under.ask.ill, under.ask.before) {
        (true, _) => "Only disclosures of which something should be looked at are shown.",
        (false, Some(_)) => "A later page of the disclosures on one ground is shown.",
        (false, None) => "Only the disclosures on one ground are shown.",
    };
    let narrowed = narrowed.then(|| {
        view! { <p class="notice">{told} " " <a href=all.address()>"Show all grounds"</a></p> }
    });
    let each: Vec<_> = under
        .grounds
        .iter()
        .map(|of_ground| ground(under, of_ground))
        .collect();
    view! { {narrowed} {each} }.into_any()
}

/// The clause on one side, on the other how much was done on it; then each disclosure.
fn ground(under: &Under, of_ground: &UnderGround) -> AnyView {
    let ground = of_ground.ground;
    let head = format!("{}-head", ground.code());
    let count = |one| of_ground.counts.get(&one).copied().unwrap_or_default();
    let counts = Counted::ALL.iter().filter_map(|one| {
        let shown = match one {
            Counted::Cases | Counted::Ill => false,
            Counted::Disclosures => true,
            _ => count(*one) > 0,
        };
        shown.then(|| {
            view! {
                <div data-ill=one.sits_ill().then_some("")>
                    <dt>{one.word()}</dt>
                    <dd>{count(*one).to_string()}</dd>
                </div>
            }
        })
    });
    let only_ill = Ask {
        ground: Some(ground),
        ill: true,
        before: None,
        ..under.ask.clone()
    };
    let look = (count(Counted::Ill) > 0 && !under.ask.ill).then(|| {
        let told = many(
            count(Counted::Ill),
            "disclosure should be looked at",
            "disclosures should be looked at",
        );
        view! { <p class="look"><a href=only_ill.address()>{told}</a></p> }
    });
    view! {
        <section class="promised" aria-labelledby=head.clone()>
            <h2 id=head.clone()>{ground.word()}</h2>
            <div class="said-and-done">
                <div>
                    <h3>"What we promise"</h3>
                    <blockquote>{under.row.policy.clauses.of(ground).to_string()}</blockquote>
                </div>
                <div>
                    <h3>"What was done"</h3>
                    <dl class="tally">{counts.collect_view()}</dl>
                    {look}
                </div>
            </div>
            {made(under, of_ground)}
        </section>
    }
    .into_any()
}

fn made(under: &Under, of_ground: &UnderGround) -> AnyView {
    let ground = of_ground.ground;
    if of_ground.made.is_empty() {
        let says = if under.ask.ill {
            "No disclosure on this ground has anything to be looked at."
        } else {
            "Nothing was disclosed on this ground."
        };
        return view! { <p class="none">{says}</p> }.into_any();
    }
    let rows: Vec<_> = of_ground.made.iter().map(|one| row(under, one)).collect();
    let next = of_ground.next.map(|before| {
        let ask = Ask {
            ground: Some(ground),
            before: under.ask.ground.and(Some(before)),
            ..under.ask.clone()
        };
        let told = if under.ask.ground.is_some() { "Next page" } else { "All on this ground" };
        let name = format!("{told}: {}", ground.word());
        view! { <p class="pager"><a class="button" rel="next" href=ask.address() aria-label=name>{told}</a></p> }
    });
    view! {
        <div class="wide">
            <table class="made">
                <caption>{format!("Disclosures: {}. The last recorded first.", ground.word().to_lowercase())}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Case"</th>
                        <th scope="col">"Sent"</th>
                        <th scope="col">"Recipient"</th>
                        <th scope="col">"Produced"</th>
                        <th scope="col">"Outcome"</th>
                        <th scope="col">"Subject told"</th>
                        <th scope="col">"To be looked at"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {next}
    }
    .into_any()
}

fn row(under: &Under, one: &Made) -> AnyView {
    let produced: Vec<_> = one
        .produced()
        .map(casework::scope::Category::word)
        .collect();
    let others: Vec<String> = one
        .answers
        .iter()
        .filter(|(_, answer)| **answer != Answer::Produced)
        .map(|(category, answer)| format!("{}: {}", category.word(), answer.word().to_lowercase()))
        .collect();
    let produced = if produced.is_empty() {
        "Nothing".to_owned()
    } else {
        produced.join(", ")
    };
    let others =
        (!others.is_empty()).then(|| view! { <span class="under">{others.join("; ")}</span> });
    let ill: Vec<_> = one
        .ill()
        .map(|one| view! { <li>{one.word()}</li> })
        .collect();
    let ill = if ill.is_empty() {
        view! { <span class="under">"Nothing"</span> }.into_any()
    } else {
        view! { <ul class="ill">{ill}</ul> }.into_any()
    };
    view! {
        <tr>
            <th scope="row" class="number">
                <a href=address::case(one.case)>{one.number.to_string()}</a>
                " "
                {badge::test(one.test)}
            </th>
            <td data-label="Sent">{time::zoned(&one.sent)}</td>
            <td data-label="Recipient">{one.recipient.to_string()}</td>
            <td data-label="Produced">{produced} " " {others}</td>
            <td data-label="Outcome">{one.outcome.word()}</td>
            <td data-label="Subject told">{told(under, &one.notice)}</td>
            <td data-label="To be looked at">{ill}</td>
        </tr>
    }
    .into_any()
}

/// Whether the subject was told, and else why not.
fn told(under: &Under, notice: &Notice) -> AnyView {
    let today = casework::clock::day(under.now);
    let gag = |until: Option<jiff::civil::Date>| match until {
        None => view! { "No: gagged, without an end" }.into_any(),
        Some(until) if until < today => {
            view! { "No: the gag ended " {time::day(until)} ", a notice is due" }.into_any()
        }
        Some(until) => view! { "No: gagged until " {time::day(until)} }.into_any(),
    };
    match notice {
        Notice::NotYet => "Not yet".into_any(),
        Notice::Sent(at) => view! { "Yes, " {time::day(at.date())} }.into_any(),
        Notice::Stands(NoticeOutcome::Gagged, until) => gag(*until),
        Notice::Stands(NoticeOutcome::ExigentDelay, Some(until)) if *until < today => {
            view! { "No: put off until " {time::day(*until)} ", a notice is due" }.into_any()
        }
        Notice::Stands(NoticeOutcome::ExigentDelay, Some(until)) => {
            view! { "No: put off until " {time::day(*until)} }.into_any()
        }
        Notice::Stands(outcome, _) if notice.told() => {
            view! { "Yes: " {outcome.word().to_lowercase()} }.into_any()
        }
        Notice::Stands(outcome, _) => view! { "No: " {outcome.word().to_lowercase()} }.into_any(),
    }
}

fn many(count: u64, one: &str, more: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {more}")
    }
}
