//! The desk: `crg serve`, asked over HTTP as a browser asks it.

mod acts;
mod attacks;
mod browser;
mod first_year;
mod health;
mod import;
mod kinds;
mod meeting;
mod recording;
mod screens;
