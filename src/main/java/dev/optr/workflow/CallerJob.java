package dev.optr.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One job of a workflow.
 *
 * @param key as {@code jobs} has it
 * @param call the workflow that it calls; null where it has steps
 */
record CallerJob(
    String key,
    Mark mark,
    YamlNode.Mapping body,
    CallerPermissions permissions,
    @Nullable CallerUse call,
    List<CallerStep> steps) {
  CallerJob {
    steps = List.copyOf(steps);
  }

  static CallerJob of(
      YamlNode.Mapping workflow,
      YamlNode.Entry entry,
      YamlNode.Mapping body,
      Map<String, CallerUse.Part> own) {
    return new CallerJob(
        entry.key(),
        entry.mark(),
        body,
        CallerPermissions.of(workflow, entry),
        CallerYaml.scalar(body, "uses").map(uses -> CallerUse.of(uses, own)).orElse(null),
        steps(body, own));
  }

  private static List<CallerStep> steps(YamlNode.Mapping body, Map<String, CallerUse.Part> own) {
    List<CallerStep> steps = new ArrayList<>();
    if (CallerYaml.value(body, "steps").orElse(null) instanceof YamlNode.Sequence list) {
      for (YamlNode item : list.items()) {
        if (item instanceof YamlNode.Mapping step) {
          steps.add(
              new CallerStep(
                  step,
                  CallerYaml.scalar(step, "uses")
                      .map(uses -> CallerUse.of(uses, own))
                      .orElse(null)));
        }
      }
    }
    return steps;
  }

  /** {@code job 'x'}, as messages have it. */
  String named() {
    return "job " + Printable.quoted(key);
  }

  List<CallerRole> roles() {
    return Stream.concat(
            call == null ? Stream.empty() : Stream.of(CallerRole.of(call.part(), "")),
            steps.stream().map(CallerStep::role))
        .filter(role -> role != CallerRole.NONE)
        .toList();
  }

  boolean isOurs() {
    return !roles().isEmpty();
  }

  boolean has(CallerRole role) {
    return roles().contains(role);
  }

  boolean decides() {
    return roles().stream().anyMatch(CallerRole::decides);
  }

  /** Whether steps of it run what an agent wrote. */
  boolean runsCandidates() {
    return has(CallerRole.APPLY);
  }

  /** Everything that it uses, itself and by its steps. */
  List<CallerUse> uses() {
    List<CallerUse> uses = new ArrayList<>();
    if (call != null) {
      uses.add(call);
    }
    for (CallerStep step : steps) {
      if (step.use() != null) {
        uses.add(step.use());
      }
    }
    return uses;
  }
}
