package dev.optr.workflow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Events that are missing, seen over all workflows of the repository that decide, and events that
 * do nothing.
 */
final class CallerTriggerRules {
  /** Behind {@code pull_request_target} stands a rule of its own. */
  private static final String REFUSED = "pull_request_target";

  private static final SequencedSet<String> ACTED_ON =
      new LinkedHashSet<>(
          List.of(
              "pull_request",
              "issue_comment",
              "workflow_dispatch",
              "merge_group",
              "push",
              "schedule",
              "workflow_call"));
  private static final List<String> BY_DEFAULT = List.of("opened", "synchronize", "reopened");

  private final Map<CallerReport, CallerWorkflow> workflows;

  CallerTriggerRules(Map<CallerReport, CallerWorkflow> workflows) {
    this.workflows = workflows;
  }

  void check() {
    workflows.entrySet().stream()
        .filter(entry -> isStarted(entry.getValue()))
        .findFirst()
        .ifPresent(first -> checkMissing(first.getKey(), first.getValue()));
    workflows.forEach(
        (report, workflow) -> {
          if (isStarted(workflow)) {
            workflow.triggers().forEach(trigger -> checkOne(trigger, report));
          }
        });
  }

  private static boolean isStarted(CallerWorkflow workflow) {
    return workflow.decides() && !workflow.isOnlyCalled();
  }

  private void checkMissing(CallerReport report, CallerWorkflow first) {
    if (isMissing("pull_request") && isMissing(REFUSED)) {
      missing(report, first.onMark(), "'pull_request'", "a push leaves the gate unset");
    }
    if (isMissing("issue_comment")) {
      missing(
          report,
          first.onMark(),
          "'issue_comment: {types: [created]}'",
          "comments such as '/optr execute' do nothing");
    }
    if (isMissing("merge_group")) {
      missing(
          report, first.onMark(), "'merge_group'", "a merge queue would wait for the gate forever");
    }
  }

  private boolean isMissing(String event) {
    return workflows.values().stream()
        .filter(CallerTriggerRules::isStarted)
        .noneMatch(workflow -> workflow.on(event).isPresent());
  }

  private static void missing(CallerReport report, Mark mark, String event, String loss) {
    report.add(
        CallerRule.TRIGGER, mark, "no " + event + ", so that " + loss + "; write it under 'on'");
  }

  private void checkOne(CallerTrigger trigger, CallerReport report) {
    if (!ACTED_ON.contains(trigger.event()) && !trigger.event().equals(REFUSED)) {
      report.add(
          CallerRule.IGNORED,
          trigger.mark(),
          "the Action does nothing on "
              + Printable.quoted(trigger.event())
              + ", allowed: "
              + Shapes.list(ACTED_ON)
              + Suggestion.near(trigger.event(), ACTED_ON));
    }
    switch (trigger.event()) {
      case "pull_request" -> checkPullRequest(trigger, report);
      case "issue_comment" ->
          checkTypes(trigger, List.of("created"), List.of(), report, "commands do nothing");
      default -> {}
    }
  }

  private void checkPullRequest(CallerTrigger trigger, CallerReport report) {
    checkTypes(trigger, BY_DEFAULT, BY_DEFAULT, report, "the gate stays unset on such a commit");
    checkTypes(
        trigger,
        List.of("ready_for_review"),
        BY_DEFAULT,
        report,
        "a draft that becomes ready has no gate until the next push");
    if (isMissing("schedule")) {
      checkTypes(
          trigger,
          List.of("closed"),
          BY_DEFAULT,
          report,
          "nothing records what became of a decision, there being no 'schedule' either");
    }
    for (String filter : List.of("paths", "paths-ignore")) {
      trigger
          .settings()
          .find(filter)
          .ifPresent(
              entry ->
                  report.add(
                      CallerRule.FILTER,
                      entry.mark(),
                      "'"
                          + filter
                          + "' skips whole runs, and a required gate then waits forever; write 'scope' in"
                          + " the workflow file instead"));
    }
  }

  private static void checkTypes(
      CallerTrigger trigger,
      List<String> wanted,
      List<String> byDefault,
      CallerReport report,
      String loss) {
    List<String> types = trigger.types().isEmpty() ? byDefault : trigger.types();
    Optional<String> lacking =
        types.isEmpty()
            ? Optional.empty()
            : wanted.stream().filter(type -> !types.contains(type)).findFirst();
    lacking.ifPresent(
        type ->
            report.add(
                CallerRule.TRIGGER,
                trigger.mark(),
                "'%s' without type '%s', so that %s; write it under 'types'"
                    .formatted(trigger.event(), type, loss)));
  }
}
