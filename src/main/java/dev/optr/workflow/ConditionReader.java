package dev.optr.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code constraints:} and {@code invariants:}. */
final class ConditionReader {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Shape<String> ONE_LINE =
      Shapes.matching(
          Pattern.compile("(?=.*\\S)[^\\p{Cntrl}\u0085\u2028\u2029]+"), "one line for 'sh -c'");
  private static final Shape<String> HOST_AND_PORT =
      Shapes.matching(
          Pattern.compile(
              "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?:"
                  + "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}"
                  + "|655[0-2][0-9]|6553[0-5])"),
          "host:port such as 'repo.example.org:443'");

  private final Names ids = Names.ofConditions();

  List<Constraint> constraints(Section file) {
    List<Place> places = file.items("constraints", Optional::of, "constraints");
    List<Constraint> constraints = new ArrayList<>();
    // Written ids first: a constraint without one must not take the id that a later one writes.
    List<Optional<Draft>> drafts = places.stream().map(this::draft).toList();
    for (int i = 0; i < drafts.size(); i++) {
      int position = i + 1;
      drafts.get(i).flatMap(draft -> named(draft, position)).ifPresent(constraints::add);
    }
    return constraints;
  }

  List<Invariant> invariants(Section file) {
    return file.items("invariants", Section.shape("id and run", this::invariant), "invariants");
  }

  /** A constraint before those without an id get theirs; an empty id = none is written. */
  private record Draft(Place place, String id, String text, boolean rule, boolean advisory) {}

  private Optional<Draft> draft(Place place) {
    return switch (place.node()) {
      case YamlNode.Scalar _ ->
          Shapes.TEXT.read(place).map(text -> new Draft(place, "", text, false, false));
      case YamlNode.Mapping _ ->
          Section.shape("prose or rule", section -> draft(place, section)).read(place);
      case YamlNode.Sequence _ -> Shapes.refuse(place, "text, or a mapping with prose or rule");
    };
  }

  private Optional<Draft> draft(Place place, Section section) {
    boolean rule = section.has("rule");
    if (rule == section.has("prose")) {
      section.report(
          rule
              ? "has both 'prose' and 'rule', allowed: one of them"
              : "has neither 'prose' nor 'rule', one of them is needed");
    }
    Optional<String> id = rule ? section.need("id", ids.fresh()) : section.find("id", ids.fresh());
    Optional<String> prose = section.find("prose", Shapes.TEXT);
    Optional<String> expression = section.find("rule", Shapes.TEXT);
    boolean advisory = section.get("advisory", Shapes.FLAG, false);
    if (section.has("id") && id.isEmpty()) {
      return Optional.empty();
    }
    return (rule ? expression : prose)
        .map(text -> new Draft(place, id.orElse(""), text, rule, advisory));
  }

  private Optional<Constraint> named(Draft draft, int position) {
    String id = draft.id().isEmpty() ? "c" + position : draft.id();
    if (draft.id().isEmpty() && !ids.take(id)) {
      draft
          .place()
          .findings()
          .add(
              draft.place().node().mark(),
              "'"
                  + draft.place().path()
                  + "' has no id and would be '"
                  + id
                  + "', which is taken; give it an id of its own");
    }
    return Optional.of(
        draft.rule()
            ? new Constraint.Rule(id, draft.text(), draft.advisory())
            : new Constraint.Prose(id, draft.text(), draft.advisory()));
  }

  private Optional<Invariant> invariant(Section section) {
    Optional<String> id = section.need("id", ids.fresh());
    Optional<String> run = section.need("run", ONE_LINE);
    Duration timeout = section.get("timeout", Shapes.DURATION_TEXT, TEN_MINUTES);
    Invariant.Must must =
        section.get("must", Shapes.oneOf(Invariant.Must.class), Invariant.Must.HOLD);
    String junit = section.find("junit", GlobShape.GLOB).orElse(null);
    int retries = section.get("retries", Shapes.whole(0, 10), 0);
    List<String> network = section.get("network", ConditionReader::network, List.of());
    List<String> env = section.items("env", Names.PASSED_VARIABLE, "names of variables");
    List<String> caches = section.items("caches", Shapes.TEXT, "directories");
    return id.flatMap(
        known ->
            run.map(
                line ->
                    new Invariant(
                        known, line, timeout, must, junit, retries, network, env, caches)));
  }

  private static Optional<List<String>> network(Place place) {
    boolean none = Shapes.text(place).filter("none"::equals).isPresent();
    if (none) {
      return Optional.of(List.of());
    }
    return place.node() instanceof YamlNode.Sequence
        ? Shapes.listOf(HOST_AND_PORT, "hosts").read(place)
        : Shapes.refuse(place, "'none' or a list of host:port");
  }
}
