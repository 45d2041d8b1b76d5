package dev.optr.workflow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** GitHub only warns of an input that there is not, and takes any value. */
final class CallerInputRules {
  private final CallerReport report;

  CallerInputRules(CallerReport report) {
    this.report = report;
  }

  void check(CallerWorkflow workflow) {
    for (CallerJob job : workflow.jobs()) {
      if (job.call() != null && job.call().isOurs()) {
        checkNames(job.body(), "with", CallerUse.Part.WORKFLOW, CallerInputs.CALLED);
        checkNames(job.body(), "secrets", CallerUse.Part.WORKFLOW, CallerInputs.SECRETS);
      }
      for (CallerStep step : job.steps()) {
        CallerUse use = step.use();
        if (use != null && use.isOurs()) {
          checkNames(step.body(), "with", use.part(), CallerInputs.of(use.part()));
          checkNeeded(step, use);
        }
      }
    }
  }

  private void checkNames(
      YamlNode.Mapping body, String key, CallerUse.Part part, List<String> allowed) {
    CallerYaml.mapping(body, key).stream()
        .flatMap(given -> given.entries().stream())
        .forEach(
            entry -> {
              String name = name(entry.key(), part);
              if (!allowed.contains(name)) {
                String kind = key.equals("with") ? "input " : "secret ";
                report.add(
                    CallerRule.INPUT,
                    entry.mark(),
                    "unknown "
                        + kind
                        + Printable.quoted(entry.key())
                        + meant(Suggestion.near(entry.key(), allowed)));
              } else if (entry.value() instanceof YamlNode.Scalar value) {
                checkValue(name, value);
              }
            });
  }

  private static String meant(String suggestion) {
    return suggestion.isEmpty() ? ", which there is not; remove it" : suggestion;
  }

  // The Action alone reads names with underscores too.
  private static String name(String written, CallerUse.Part part) {
    return part == CallerUse.Part.ACTION
        ? CallerStep.plain(written)
        : written.toLowerCase(Locale.ROOT);
  }

  private void checkValue(String name, YamlNode.Scalar value) {
    String text = value.text().strip();
    if (text.isEmpty() || CallerYaml.isComputed(text)) {
      return;
    }
    if (CallerInputs.isCredential(name)) {
      report.add(
          CallerRule.VALUE,
          value.mark(),
          "'"
              + name
              + "' is written in the file (not shown), where everybody reads it; withdraw that"
              + " credential and write '${{ secrets.NAME }}'");
    }
    CallerInputs.choices(name)
        .filter(choices -> !choices.contains(text))
        .ifPresent(
            choices ->
                report.add(
                    CallerRule.VALUE,
                    value.mark(),
                    "'"
                        + name
                        + "' is "
                        + Printable.quoted(text)
                        + ", allowed: "
                        + Shapes.list(new LinkedHashSet<>(choices))
                        + Suggestion.near(text, choices)));
  }

  private void checkNeeded(CallerStep step, CallerUse use) {
    List<String> needed =
        switch (step.role()) {
          case APPLY ->
              List.of("bundle-digest", use.part() == CallerUse.Part.APPLY ? "row" : "agent");
          case SELECT, GATHER -> List.of("bundle-digest");
          case NONE, WHOLE, PROPOSE, VERIFY, CALL, UNKNOWN -> List.of();
        };
    for (String input : needed) {
      if (step.entry(input).isEmpty()) {
        report.add(
            CallerRule.NEEDED,
            use.mark(),
            "input '" + input + "' is missing, write it under 'with'");
      }
    }
    if (use.image() && step.entry("github-token").isEmpty()) {
      report.add(
          CallerRule.NEEDED,
          use.mark(),
          "input 'github-token' is missing, which an image has no default for; write"
              + " 'github-token: ${{ github.token }}' under 'with'");
    }
    if (step.role() == CallerRole.WHOLE) {
      checkOfPhases(step);
    }
  }

  private void checkOfPhases(CallerStep step) {
    for (String input : List.of("agent", "images", "bundle", "bundle-digest")) {
      step.entry(input)
          .ifPresent(
              entry ->
                  report.add(
                      CallerRule.VALUE,
                      entry.mark(),
                      "'"
                          + input
                          + "' is read with input 'phase' alone, and refused without; remove it"));
    }
  }
}
