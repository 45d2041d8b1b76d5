package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.evidence.WhyNot;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.Body;
import dev.optr.ledger.DecisionStatement;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.RecordedFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a repository knows of decisions: their anchors, and what the documents there say. */
final class DecisionContext {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  private static final Pattern RULE = Pattern.compile("[!-~]{1,200}");
  private static final Pattern CODE =
      Pattern.compile(
          Arrays.stream(WhyNot.Code.values()).map(Enum::name).collect(Collectors.joining("|")));

  private final GitRepository repository;
  private final LedgerPast past;

  DecisionContext(GitRepository repository, String tip, String genesis) {
    this.repository = repository;
    this.past = GitAnchors.past(repository, tip, genesis);
  }

  DecisionExport.Context of(Entry entry) {
    Optional<String> anchor = anchor(entry);
    @Nullable String frozen =
        anchor
            .flatMap(commit -> document(entry, commit, "/intent.json"))
            .map(intent -> intent.text("commit"))
            .orElse(null);
    return new DecisionExport.Context(
        anchor.orElse(null),
        frozen,
        anchor
            .flatMap(commit -> document(entry, commit, "/optr-selection.json"))
            .map(DecisionContext::denials)
            .orElse(null));
  }

  /** The last commit that brought the entry and says so; verification has looked at it. */
  private Optional<String> anchor(Entry entry) {
    return past.introducing(entry.id()).stream()
        .filter(commit -> AnchorMessage.entries(repository.message(commit)).contains(entry.id()))
        .findFirst();
  }

  /** A document at the anchor, where its bytes are those that the entry vouches for. */
  private Optional<JsonObject> document(Entry entry, String anchor, String ending) {
    return entry.body() instanceof Body.Run run
        ? run.outputs().stream()
            .map(RecordedFile::path)
            .filter(path -> path.endsWith(ending))
            .findFirst()
            .flatMap(new RunDocuments(repository, List.of(anchor), run)::file)
            .flatMap(DecisionContext::json)
        : Optional.empty();
  }

  private static Optional<JsonObject> json(Bytes bytes) {
    try {
      return Optional.of(JsonReader.readObject(bytes.toArray()));
    } catch (JsonException notOurs) {
      return Optional.empty();
    }
  }

  private static List<DecisionStatement.Denial> denials(JsonObject selection) {
    List<DecisionStatement.Denial> denials = new ArrayList<>();
    for (Json candidate : selection.array("candidates")) {
      if (candidate instanceof JsonObject path) {
        for (Json reason : path.array("whyNot")) {
          denial(path, reason).ifPresent(denials::add);
        }
      }
    }
    return denials;
  }

  private static Optional<DecisionStatement.Denial> denial(JsonObject path, Json reason) {
    if (!(reason instanceof JsonObject denial)) {
      return Optional.empty();
    }
    return text(path, "agent", NAME)
        .flatMap(
            agent ->
                text(denial, "code", CODE)
                    .flatMap(
                        code ->
                            text(denial, "rule", RULE)
                                .map(rule -> new DecisionStatement.Denial(agent, code, rule))));
  }

  private static Optional<String> text(JsonObject object, String name, Pattern allowed) {
    return Optional.ofNullable(object.text(name)).filter(text -> allowed.matcher(text).matches());
  }
}
