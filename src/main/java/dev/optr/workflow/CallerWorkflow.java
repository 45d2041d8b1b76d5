package dev.optr.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workflow as GitHub would read it, with its places. */
record CallerWorkflow(YamlNode.Mapping root, List<CallerTrigger> triggers, List<CallerJob> jobs) {
  CallerWorkflow {
    triggers = List.copyOf(triggers);
    jobs = List.copyOf(jobs);
  }

  static CallerWorkflow of(YamlNode.Mapping root, Map<String, CallerUse.Part> own) {
    List<CallerJob> jobs = new ArrayList<>();
    CallerYaml.mapping(root, "jobs")
        .ifPresent(
            all -> {
              for (YamlNode.Entry entry : all.entries()) {
                if (entry.value() instanceof YamlNode.Mapping body) {
                  jobs.add(CallerJob.of(root, entry, body, own));
                }
              }
            });
    return new CallerWorkflow(root, CallerTrigger.of(root), jobs);
  }

  boolean callsUs() {
    return jobs.stream().anyMatch(CallerJob::isOurs);
  }

  boolean decides() {
    return jobs.stream().anyMatch(CallerJob::decides);
  }

  /** Whether it is started by another workflow alone, whose events and concurrency then count. */
  boolean isOnlyCalled() {
    return triggers.stream().allMatch(trigger -> trigger.event().equals("workflow_call"));
  }

  Optional<CallerTrigger> on(String event) {
    return triggers.stream().filter(trigger -> trigger.event().equals(event)).findFirst();
  }

  /** Where its events are written; the file's begin where they are not. */
  Mark onMark() {
    return root.find("on").or(() -> root.find("true")).map(YamlNode.Entry::mark).orElse(Mark.START);
  }
}
