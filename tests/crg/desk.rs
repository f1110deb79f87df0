//! The desk: `crg serve`, asked over HTTP as a browser asks it.

mod acts;
mod attacks;
mod browser;
mod first_year;
mod kinds;
mod recording;
mod screens;
