//! Progress that a person is shown. Reported by the owner thread or by a worker.

use tokio::sync::mpsc;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::request::{self, Request};

use super::client::Client;

/// A step of progress.
struct ProgressStep {
    percentage: u32,
    message: String,
}

impl ProgressStep {
    fn report(self) -> lsp::WorkDoneProgress {
        let (message, percentage) = (Some(self.message), Some(self.percentage));
        lsp::WorkDoneProgress::Report(lsp::WorkDoneProgressReport { cancellable: None, message, percentage })
    }
}

/// Progress that a person is shown; it ends when it is dropped.
pub struct WorkProgress {
    token: lsp::ProgressToken,
    steps: ProgressSteps,
    shown: u32,
}

/// The ways of steps to the client.
enum ProgressSteps {
    /// To whoever waits for the client to show them.
    Asked(mpsc::UnboundedSender<ProgressStep>),
    /// To the client, which has given the token.
    Said(Client),
}

impl Drop for WorkProgress {
    fn drop(&mut self) {
        // The other kind ends with its sender.
        if let ProgressSteps::Said(client) = &self.steps {
            client.part(&self.token, &end());
        }
    }
}

impl WorkProgress {
    /// Returns the token that names it.
    pub const fn token(&self) -> &lsp::ProgressToken {
        &self.token
    }

    /// Says how far it is: whole percents only.
    pub fn report(&mut self, done: usize, total: usize) {
        let percentage = (done * 100 / total.max(1)) as u32;
        if percentage > self.shown {
            self.shown = percentage;
            let step = ProgressStep { percentage, message: format!("{done}/{total} files") };
            match &self.steps {
                // Nobody hears it where the client shows no progress.
                ProgressSteps::Asked(steps) => drop(steps.send(step)),
                ProgressSteps::Said(client) => client.part(&self.token, &step.report()),
            }
        }
    }
}

impl Client {
    /// Begins to show progress of a request that came with a token. All of it is said before the request is answered.
    pub fn progress_of_request(&self, token: lsp::ProgressToken, title: &str) -> WorkProgress {
        self.part(&token, &begin(title.to_owned(), false));
        WorkProgress { token, steps: ProgressSteps::Said(self.clone()), shown: 0 }
    }

    /// Begins to show progress, which a person may be let to cancel; it ends when what is returned is dropped.
    pub fn progress(&self, title: &str, cancellable: bool) -> WorkProgress {
        let number = self.next_id();
        let token = lsp::ProgressToken::String(format!("scholiast/{number}"));
        let (steps, received) = mpsc::unbounded_channel();
        let (client, title, shown) = (self.clone(), title.to_owned(), token.clone());
        let params = lsp::WorkDoneProgressCreateParams { token: token.clone() };
        self.ask(request::WorkDoneProgressCreate::METHOD, &params, move |answer| {
            if answer.is_some() {
                client.runtime().clone().spawn(show(client, shown, begin(title, cancellable), received));
            }
        });
        WorkProgress { token, steps: ProgressSteps::Asked(steps), shown: 0 }
    }
}

fn begin(title: String, cancellable: bool) -> lsp::WorkDoneProgress {
    let (cancellable, percentage) = (Some(cancellable), Some(0));
    lsp::WorkDoneProgress::Begin(lsp::WorkDoneProgressBegin { title, cancellable, message: None, percentage })
}

const fn end() -> lsp::WorkDoneProgress {
    lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message: None })
}

async fn show(
    client: Client,
    token: lsp::ProgressToken,
    begin: lsp::WorkDoneProgress,
    mut steps: mpsc::UnboundedReceiver<ProgressStep>,
) {
    client.part(&token, &begin);
    while let Some(mut step) = steps.recv().await {
        // Only the newest matters.
        while let Ok(newer) = steps.try_recv() {
            step = newer;
        }
        client.part(&token, &step.report());
    }
    client.part(&token, &end());
}
