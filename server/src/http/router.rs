//! Every route. A route that `authorization.txt` does not name answers 404 to everybody.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    routing::{MethodRouter, get, post},
};
use casework::{case::StepKind, matrix::Matrix};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

use super::{
    account, administration, assets, cases, cross_site, directory, entrance, feed, gate, headers,
    letters, log, mail, orders, page, problem, records,
};
use crate::{http::Site, office::Office};

/// Most bytes of a form: a draft's 60,000 characters fit, percent-encoded.
const FORM_MOST: usize = 1024 * 1024;
/// Most bytes of one upload: several orders of 100 MiB each.
const UPLOAD_MOST: usize = 1024 * 1024 * 1024;

/// Longest that anything but an upload may take: a database that hangs is a database that is gone.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest that an upload may take: 1 GiB over a slow line.
const UPLOAD_PATIENCE: Duration = Duration::from_hours(2);

/// What every handler works with.
#[derive(Clone)]
pub struct House {
    pub office: Arc<Office>,
    pub site: Arc<Site>,
    pub matrix: Arc<Matrix>,
}

impl House {
    /// A house over an office and the built browser files.
    pub fn new(office: Arc<Office>, site: Site) -> Self {
        Self {
            office,
            site: Arc::new(site),
            matrix: Arc::new(Matrix::read()),
        }
    }
}

/// Routes as they are added, each remembered by method and path, so that the tests can hold them
/// against the matrix.
struct Routes {
    router: Router<House>,
    known: Vec<(String, String)>,
}

impl Routes {
    fn add(self, path: &str, methods: &[&str], route: MethodRouter<House>) -> Self {
        self.up_to(FORM_MOST, path, methods, route)
    }

    fn up_to(
        mut self,
        most: usize,
        path: &str,
        methods: &[&str],
        route: MethodRouter<House>,
    ) -> Self {
        self.known.extend(
            methods
                .iter()
                .map(|method| ((*method).to_owned(), path.to_owned())),
        );
        let patience = if most == UPLOAD_MOST {
            UPLOAD_PATIENCE
        } else {
            PATIENCE
        };
        // Counted while it streams in, so that a body without a length is cut off as well.
        let route = route
            .layer::<_, std::convert::Infallible>(RequestBodyLimitLayer::new(most))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::SERVICE_UNAVAILABLE,
                patience,
            ));
        self.router = self.router.route(path, route);
        self
    }

    /// A page of the app.
    fn page(self, path: &str) -> Self {
        self.add(path, &["GET"], get(page::get))
    }
}

fn all() -> Routes {
    let routes = Routes {
        router: Router::new(),
        known: Vec::new(),
    };
    let routes = directory_of(records_of(cases_of(entrance_of(routes))));
    administration_of(ledger_of(routes))
}

/// How anybody comes in, and their own account.
fn entrance_of(routes: Routes) -> Routes {
    routes
        .add("/healthz", &["GET"], get(async || "ok\n"))
        .add("/readyz", &["GET"], get(problem::ready))
        .add("/pkg/{*file}", &["GET"], get(assets::file))
        .add("/csp-reports", &["POST"], post(headers::csp_report))
        .add(
            "/sign-in",
            &["GET", "POST"],
            get(page::get).post(entrance::sign_in),
        )
        .add("/sign-out", &["POST"], post(entrance::sign_out))
        .add("/", &["GET"], get(entrance::land))
        .add(
            "/prove",
            &["GET", "POST"],
            get(page::get).post(entrance::prove),
        )
        .page("/account")
        .add("/account/here", &["GET"], get(account::here))
        .add(
            "/account/password",
            &["POST"],
            post(account::change_password),
        )
        .add("/account/sessions", &["POST"], post(account::end_sessions))
        .add("/account/feed", &["POST"], post(feed::change))
        .add("/calendar/{feed}", &["GET"], get(feed::read))
}

/// Cases: the list, a case, and a page for each of its steps.
fn cases_of(routes: Routes) -> Routes {
    let routes = routes
        .page("/calendar")
        .page("/cases")
        .add(
            "/cases/new",
            &["GET", "POST"],
            get(page::get).post(cases::open),
        )
        .add(
            "/emergency",
            &["GET", "POST"],
            get(page::get).post(cases::emergency),
        )
        .page("/cases/{case}")
        .add(
            "/cases/{case}/mail",
            &["GET", "POST"],
            get(page::get).post(mail::settle_of_case),
        )
        .add(
            "/cases/{case}/orders/{order}",
            &["GET"],
            get(orders::download),
        )
        .add(
            "/cases/{case}/letter",
            &["GET", "POST"],
            get(page::get).post(letters::write),
        )
        .add(
            "/cases/{case}/letters/{letter}",
            &["GET"],
            get(letters::download),
        )
        .add(
            "/cases/{case}/draft",
            &["GET", "POST"],
            get(page::get).post(cases::keep),
        )
        .up_to(
            UPLOAD_MOST,
            "/cases/{case}/attach",
            &["GET", "POST"],
            get(page::get)
                .post(orders::attach)
                .layer(DefaultBodyLimit::disable()),
        );
    // Every other step is a form on a page of its own, posted to the page's address.
    let steps = StepKind::ALL.iter().filter(|step| {
        !matches!(
            step,
            StepKind::Draft | StepKind::File | StepKind::Attach | StepKind::Letter
        )
    });
    steps.fold(routes, |routes, step| {
        let path = format!("/cases/{{case}}/{}", step.code());
        let step = *step;
        let act = post(move |house, desk, path, parts, form| {
            cases::take(house, desk, path, parts, form, step)
        });
        routes.add(&path, &["GET", "POST"], act.get(page::get))
    })
}

/// The requesters' directory.
fn directory_of(routes: Routes) -> Routes {
    routes
        .page("/requesters")
        .add(
            "/requesters/new",
            &["GET", "POST"],
            get(page::get).post(directory::enter),
        )
        .page("/requesters/{authority}")
        .add(
            "/requesters/{authority}/edit",
            &["GET", "POST"],
            get(page::get).post(directory::amend),
        )
        .add(
            "/requesters/{authority}/merge",
            &["GET", "POST"],
            get(page::get).post(directory::merge),
        )
}

/// Records, and the register of all cases.
fn records_of(routes: Routes) -> Routes {
    routes
        .add("/cases/records", &["POST"], post(records::archive))
        .add("/cases/{case}/record.pdf", &["GET"], get(records::record))
        .add(
            "/cases/{case}/records",
            &["GET", "POST"],
            get(page::get).post(records::issue),
        )
        .add(
            "/cases/{case}/records/{record}",
            &["GET"],
            get(records::issued),
        )
        .add(
            "/cases/{case}/records/{record}/left-out",
            &["GET", "POST"],
            get(page::get).post(records::unmask),
        )
        .add(
            "/cases/{case}/redact",
            &["GET", "POST"],
            get(page::get).post(records::redact),
        )
        .add("/register.pdf", &["GET"], get(records::register))
        .page("/verify")
}

/// The ledger, for those who work here and for those outside.
fn ledger_of(routes: Routes) -> Routes {
    routes
        .page("/ledger")
        .add("/ledger/checkpoint", &["GET"], get(log::kept))
        .add("/ledger/consistency", &["GET"], get(log::consistency))
        .add("/log/checkpoint", &["GET"], get(log::checkpoint))
        .add("/log/tile/{*tile}", &["GET"], get(log::tile))
        .add("/log/cosignatures", &["POST"], post(log::cosign))
}

/// What administrators do.
fn administration_of(routes: Routes) -> Routes {
    routes
        .add(
            "/witnesses",
            &["GET", "POST"],
            get(page::get).post(administration::change_watch),
        )
        .add("/mail", &["GET", "POST"], get(page::get).post(mail::settle))
        .add(
            "/members",
            &["GET", "POST"],
            get(page::get).post(administration::add_member),
        )
        .add(
            "/members/{member}",
            &["GET", "POST"],
            get(page::get).post(administration::change_member),
        )
        .add(
            "/policy",
            &["GET", "POST"],
            get(page::get).post(administration::publish_policy),
        )
        .page("/policy/{version}")
        .add(
            "/tables",
            &["GET", "POST"],
            get(page::get).post(administration::publish_tables),
        )
        .add(
            "/letters",
            &["GET", "POST"],
            get(page::get).post(letters::begin),
        )
        .add(
            "/letters/{kind}/{language}",
            &["GET", "POST"],
            get(page::get).post(letters::publish),
        )
        .add(
            "/organisation",
            &["GET", "POST"],
            get(page::get).post(administration::name_organisation),
        )
}

/// Method and path of every route.
pub fn routes() -> Vec<(String, String)> {
    all().known
}

/// The whole service.
pub fn router(house: House) -> Router {
    page::prepare();
    all()
        .router
        .route_layer(middleware::from_fn_with_state(house.clone(), gate::admit))
        .fallback(page::not_found)
        .layer(middleware::from_fn_with_state(
            house.clone(),
            problem::dress,
        ))
        .layer(middleware::from_fn_with_state(
            house.clone(),
            gate::recognise,
        ))
        .layer(middleware::from_fn(cross_site::refuse))
        // Inside the headers: what a panic answers carries them as well.
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(CompressionLayer::new().compress_when(headers::worth_compressing()))
        .layer(middleware::from_fn(headers::harden))
        .layer(middleware::from_fn(problem::log))
        .with_state(house)
}
