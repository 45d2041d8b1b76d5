package dev.optr.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.Proposal;
import dev.optr.base.Redactor;
import dev.optr.datalake.Candidate;
import dev.optr.git.Change;
import dev.optr.git.FrozenTree;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The check {@code no-secrets}: what a path adds, and what its agent wrote around it, contains no
 * credential. Lines that the frozen tree already has are nobody's new leak. Never quotes what it
 * found.
 */
record NoSecrets(FrozenTree frozen, Redactor redactor, Stopwatch stopwatch) implements Examination {
  static final String ID = "no-secrets";

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found) {
    return List.of(stopwatch.time(ID, () -> examine(candidate, proposal)));
  }

  @Override
  public List<Finding> ofHead() {
    return List.of();
  }

  private List<WhyNot> examine(Candidate candidate, Proposal proposal) {
    if (ID.equals(candidate.withheld())) {
      return candidate.problems().stream().map(problem -> whyNot(problem, "answer")).toList();
    }
    List<WhyNot> found = new ArrayList<>(inProse(candidate, proposal));
    List<Change> changes = candidate.changes() == null ? List.of() : candidate.changes();
    changes.forEach(change -> found.addAll(inChange(change)));
    return found;
  }

  private List<WhyNot> inProse(Candidate candidate, Proposal proposal) {
    Stream<String> prose =
        Stream.of(
                Stream.of(proposal.summary(), proposal.rationale()),
                proposal.invariants().stream(),
                proposal.risks().stream(),
                proposal.constraints().stream().map(Proposal.ConstraintClaim::note),
                candidate.problems().stream())
            .flatMap(texts -> texts);
    return prose
        .flatMap(String::lines)
        .flatMap(line -> credential(line).stream())
        .findFirst()
        .map(what -> whyNot("the agent's answer holds what looks like " + what, "answer"))
        .stream()
        .toList();
  }

  /** A path with a credential in it is in no message; its file is not looked at either. */
  private List<WhyNot> inChange(Change change) {
    return credential(change.path())
        .or(() -> Optional.ofNullable(change.from()).flatMap(this::credential))
        .map(what -> List.of(whyNot("the name of a file holds what looks like " + what, "path")))
        .orElseGet(() -> inFile(change));
  }

  private List<WhyNot> inFile(Change change) {
    if (change.content() == null) {
      return List.of();
    }
    return "base64".equals(change.encoding())
        ? inBinary(change, change.content())
        : inText(change, change.content());
  }

  private List<WhyNot> inText(Change change, String content) {
    Set<String> before = linesBefore(change);
    List<String> lines = content.lines().toList();
    List<WhyNot> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!before.contains(lines.get(i))) {
        String place = change.path() + ":" + (i + 1);
        credential(lines.get(i)).map(what -> inPlace(place, what)).ifPresent(found::add);
      }
    }
    return found;
  }

  private List<WhyNot> inBinary(Change change, String base64) {
    String content = new String(Base64.getDecoder().decode(base64), ISO_8859_1);
    return content
        .lines()
        .flatMap(line -> credential(line).stream())
        .findFirst()
        .map(what -> inPlace(change.path(), what))
        .stream()
        .toList();
  }

  private Set<String> linesBefore(Change change) {
    String path = change.from() == null ? change.path() : change.from();
    return frozen
        .find(path)
        .filter(FrozenTree.File::isRegular)
        .map(file -> new String(frozen.read(file.path()), UTF_8))
        .map(text -> text.lines().collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  private Optional<String> credential(String line) {
    return redactor.finds(line)
        ? Optional.of("a credential of this run")
        : SecretPatterns.find(line);
  }

  private static WhyNot inPlace(String place, String what) {
    return whyNot("'" + place + "' holds what looks like " + what, place);
  }

  private static WhyNot whyNot(String message, String evidence) {
    return new WhyNot(WhyNot.Code.AUTHORITY_BOUNDARY_FAIL, ID, message, evidence);
  }
}
