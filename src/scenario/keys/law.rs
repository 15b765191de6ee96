//! Probability laws.

use super::{COLUMN, Form, Keys, key};

const MEANS: Form = Form::Series(&Form::Duration);

pub(crate) static LAW: Keys = Keys {
    name: "law",
    says: "A probability law: exactly one of these.",
    keys: &[
        key("exponential", Form::Table(&MEAN), "Memoryless; cv 1.", &[r#"{ mean = "3m" }"#]),
        key(
            "lognormal",
            Form::Table(&MEAN_CV),
            "Skewed to the right: what handle times usually look like.",
            &[r#"{ mean = "5m", cv = 1.0 }"#],
        ),
        key("gamma", Form::Table(&MEAN_CV), "Gamma.", &[r#"{ mean = "5m", cv = 0.7 }"#]),
        key(
            "weibull",
            Form::Table(&WEIBULL),
            "Weibull; shape 1 is exponential.",
            &[r#"{ mean = "3m", shape = 0.8 }"#],
        ),
        key(
            "erlang",
            Form::Table(&ERLANG),
            "A sum of equal exponential phases.",
            &[r#"{ mean = "5m", phases = 2 }"#],
        ),
        key(
            "hyperexponential",
            Form::Table(&HYPER),
            "A mixture of exponentials: some leave at once, some stay long.",
            &[r#"{ means = ["30s", "6m"], weights = [0.3, 0.7] }"#],
        ),
        key(
            "uniform",
            Form::Table(&UNIFORM),
            "Equally likely between two bounds.",
            &[r#"{ low = "2m", high = "8m" }"#],
        ),
        key(
            "triangular",
            Form::Table(&TRIANGULAR),
            "Between two bounds, most likely in between.",
            &[r#"{ low = "3m", mode = "8m", high = "15m" }"#],
        ),
        key("fixed", MEANS, "Always the same.", &[r#""30s""#]),
        key(
            "empirical",
            Form::Table(&EMPIRICAL),
            "Values that were observed, each equally likely.",
            &[r#"{ csv = "calls.csv", column = "handle_s" }"#],
        ),
    ],
};

const MEAN_KEY: super::Key =
    key("mean", MEANS, "The mean; a series changes it over the day.", &[r#""5m""#, r#"["5m", "6m"]"#]);

pub(crate) static MEAN: Keys = Keys { name: "law_mean", says: "A law given by its mean.", keys: &[MEAN_KEY] };

pub(crate) static MEAN_CV: Keys = Keys {
    name: "law_mean_cv",
    says: "A law given by its mean and spread.",
    keys: &[
        MEAN_KEY,
        key(
            "cv",
            Form::Factor,
            "Coefficient of variation: standard deviation over mean.",
            &["1.0", r#""80%""#],
        ),
    ],
};

pub(crate) static WEIBULL: Keys = Keys {
    name: "law_weibull",
    says: "A Weibull law.",
    keys: &[
        MEAN_KEY,
        key("shape", Form::Number, "Shape; below 1: those who have waited long wait on.", &["0.8"]),
    ],
};

pub(crate) static ERLANG: Keys = Keys {
    name: "law_erlang",
    says: "An Erlang law.",
    keys: &[MEAN_KEY, key("phases", Form::Whole(1, 1000), "How many phases; cv is 1/√phases.", &["2"])],
};

pub(crate) static HYPER: Keys = Keys {
    name: "law_hyperexponential",
    says: "A mixture of exponential laws.",
    keys: &[
        key("means", Form::List(&Form::Duration), "Mean of each branch.", &[r#"["30s", "6m"]"#]),
        key("weights", Form::List(&Form::Share), "Probability of each branch; together 1.", &["[0.3, 0.7]"]),
    ],
};

const LOW: super::Key = key("low", Form::Duration, "Least.", &[r#""2m""#]);
const HIGH: super::Key = key("high", Form::Duration, "Most.", &[r#""8m""#]);

pub(crate) static UNIFORM: Keys = Keys { name: "law_uniform", says: "A uniform law.", keys: &[LOW, HIGH] };

pub(crate) static TRIANGULAR: Keys = Keys {
    name: "law_triangular",
    says: "A triangular law.",
    keys: &[LOW, key("mode", Form::Duration, "Most likely.", &[r#""5m""#]), HIGH],
};

pub(crate) static EMPIRICAL: Keys = Keys {
    name: "law_empirical",
    says: "Observed durations: text such as \"4m 10s\", or bare numbers, which are seconds.",
    keys: &[
        key("csv", COLUMN.keys[0].form, "The file, relative to the scenario.", &[r#""calls.csv""#]),
        key("column", COLUMN.keys[1].form, "The heading of the column.", &[r#""handle_s""#]),
    ],
};
