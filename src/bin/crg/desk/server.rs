//! The server: connections, their limits, and when it ends.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;
use tokio::time::{Duration, sleep, timeout};

use crate::desk::visit::Desk;

/// Connections at a time. One more takes the place of the oldest that has asked nothing yet, or
/// waits if all have asked.
const MAX_CONNECTIONS: usize = 64;
/// Requests that read or write the book at a time; others wait.
const MAX_WORKERS: usize = 8;
/// How long a browser may take to say what it asks.
const MAX_HEADER_TIME: Duration = Duration::from_secs(10);
/// How long one request may take in all.
const MAX_TIME: Duration = Duration::from_secs(120);
/// How long a request that is being worked on may take after the end.
const MAX_LAST_WORK: Duration = Duration::from_secs(20);
/// Bytes of the lines before the body.
const MAX_HEADER_BYTES: usize = 16 * 1024;
/// Lines before the body.
const MAX_HEADERS: usize = 64;

/// Why the desk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Nobody used it.
    Idle,
    /// Somebody stopped it.
    Interrupted,
}

/// Serves requests until nobody has used the desk for so long, or somebody stops it.
pub(crate) fn serve(
    desk: Arc<Desk>,
    routes: Router,
    listener: std::net::TcpListener,
    max_idle: Duration,
) -> std::io::Result<End> {
    listener.set_nonblocking(true)?;
    let runtime = Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(MAX_WORKERS)
        .build()?;
    let end = runtime.block_on(async {
        let listener = TcpListener::from_std(listener)?;
        let (idle, mut ended) = mpsc::channel(1);
        let interrupted = idle.clone();
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                let _ = interrupted.send(End::Interrupted).await;
            }
        });
        tokio::spawn(async move {
            while let Some(left) = max_idle.checked_sub(desk.idle_for()) {
                sleep(left + Duration::from_millis(1)).await;
            }
            let _ = idle.send(End::Idle).await;
        });
        tokio::spawn(accept(listener, routes));
        Ok::<_, std::io::Error>(ended.recv().await.unwrap_or(End::Interrupted))
    });
    // What is being recorded is recorded.
    runtime.shutdown_timeout(MAX_LAST_WORK);
    end
}

/// A connection, which may or may not have asked something.
struct Connection {
    has_asked: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Connection {
    fn is_silent(&self) -> bool {
        !self.task.is_finished() && !self.has_asked.load(Ordering::Relaxed)
    }
}

/// Takes connections for ever, never more than so many at a time. Somebody who opens many and asks
/// nothing keeps nobody else waiting.
async fn accept(listener: TcpListener, routes: Router) {
    let seats = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut silent = VecDeque::new();
    loop {
        // Too many files are open: some will be closed.
        let Ok((stream, _)) = listener.accept().await else {
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        silent.retain(Connection::is_silent);
        if seats.available_permits() == 0
            && let Some(oldest) = silent.pop_front()
        {
            oldest.task.abort();
        }
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else {
            return;
        };
        let has_asked = Arc::new(AtomicBool::new(false));
        let answered = answer(stream, routes.clone(), Arc::clone(&has_asked));
        let task = tokio::spawn(async move {
            let _seat = seat;
            answered.await;
        });
        let task = task.abort_handle();
        silent.push_back(Connection { has_asked, task });
    }
}

/// Answers one request of a connection, and closes it. A connection that fails or takes too long is
/// dropped.
async fn answer(stream: TcpStream, routes: Router, has_asked: Arc<AtomicBool>) {
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(|request| {
        has_asked.store(true, Ordering::Relaxed);
        routes.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(MAX_HEADER_TIME)
        .max_buf_size(MAX_HEADER_BYTES)
        .max_headers(MAX_HEADERS)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service);
    let _ = timeout(MAX_TIME, connection).await;
}
