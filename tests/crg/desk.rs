//! The desk: `crg serve`, asked over HTTP as a browser asks it.

mod acts;
mod attacks;
mod browser;
mod coming_back;
mod first_year;
mod forms;
mod health;
mod http;
mod import;
mod kinds;
mod limits;
mod meanwhile;
mod meeting;
mod names;
mod recording;
mod screens;
