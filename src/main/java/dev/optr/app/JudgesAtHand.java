package dev.optr.app;

import dev.optr.agents.Judges;
import dev.optr.agents.Lane;
import dev.optr.agents.LaneListener;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the constraints in words of a run have somebody who can judge them. */
final class JudgesAtHand {
  private final Workflow workflow;
  private final List<Lane> lanes;
  private final Judges judges;

  private JudgesAtHand(Workflow workflow, List<Lane> lanes, Judges judges) {
    this.workflow = workflow;
    this.lanes = List.copyOf(lanes);
    this.judges = judges;
  }

  static JudgesAtHand of(Workflow workflow, Wiring wiring, List<Lane> lanes) {
    return new JudgesAtHand(workflow, lanes, wiring.judges(lanes, LaneListener.NONE));
  }

  /** Whether the run asks judges at all. */
  boolean areAsked() {
    return workflow.review() == Workflow.Review.PEER && prose().findAny().isPresent();
  }

  /**
   * Asks for somebody before anybody is paid.
   *
   * @throws UserException where no path of this run could be judged by anybody
   */
  void require() {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      throw new UserException("workflow: " + missing.get());
    }
  }

  /** What is to be mended where no path could be judged by anybody. */
  Optional<String> missing() {
    List<String> proposers = proposers();
    boolean needed = areAsked() && prose().anyMatch(constraint -> !constraint.advisory());
    boolean somebody =
        proposers.isEmpty()
            || proposers.stream().anyMatch(agent -> !judges.besides(Set.of(agent)).isEmpty());
    return needed && !somebody ? Optional.of(lacking()) : Optional.empty();
  }

  /** What this lane does as a judge, or why it does nothing. */
  String of(Lane lane) {
    String name = lane.spec().name();
    return Optional.ofNullable(judges.unable().get(name))
        .map(reason -> "cannot judge: " + reason)
        .orElse("can judge");
  }

  /** What a run would find out about a constraint in words. */
  String plan(Constraint.Prose constraint) {
    String advisory = constraint.advisory() ? ", decides nothing" : "";
    if (workflow.review() == Workflow.Review.NONE) {
      return "would be unknown: 'review: none'" + advisory;
    }
    List<String> unjudged =
        proposers().stream().filter(agent -> judges.besides(Set.of(agent)).isEmpty()).toList();
    return "would be judged by "
        + (judges.able().isEmpty() ? "nobody" : String.join(", ", judges.able()))
        + ", each path by all but its author"
        + (unjudged.isEmpty()
            ? ""
            : "; unknown for paths of " + String.join(", ", unjudged) + ": nobody else can judge")
        + advisory;
  }

  private Stream<Constraint.Prose> prose() {
    return workflow.constraints().stream()
        .filter(Constraint.Prose.class::isInstance)
        .map(Constraint.Prose.class::cast);
  }

  /** Who can be asked for a path. */
  List<String> proposers() {
    return lanes.stream()
        .filter(lane -> lane.spec().role() == AgentSpec.Role.PROPOSE)
        .filter(lane -> lane.agent().unavailable().isEmpty())
        .map(lane -> lane.spec().name())
        .toList();
  }

  private String lacking() {
    String ids =
        prose()
            .filter(constraint -> !constraint.advisory())
            .map(constraint -> "'" + constraint.id() + "'")
            .collect(Collectors.joining(", "));
    String reasons =
        lanes.stream()
            .map(lane -> "'" + lane.spec().name() + "' " + of(lane))
            .collect(Collectors.joining("; "));
    return "constraints "
        + ids
        + " are judged by another agent than the path's author, and there is none ("
        + reasons
        + "); add an agent that can judge, or write 'advisory: true' at each";
  }
}
