//! The desk: `crg serve`, asked over HTTP as a browser asks it.

mod acts;
mod attacks;
mod browser;
mod kinds;
mod recording;
mod screens;
