package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.Edit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of {@code submit_path}. */
final class ProposalReader {
  private static final List<String> KEYS =
      List.of(
          "summary",
          "rationale",
          "ttvEstimateSeconds",
          "invariants",
          "risks",
          "constraints",
          "edits");
  private static final List<String> CLAIM_KEYS = List.of("id", "held", "note");

  private final Members members;

  private ProposalReader(JsonObject arguments) {
    this.members = new Members("", arguments, KEYS);
  }

  static SubmitPath.Result read(JsonObject arguments) {
    ProposalReader reader = new ProposalReader(arguments);
    Proposal proposal = reader.proposal();
    List<String> errors = reader.members.errors();
    return errors.isEmpty() ? new SubmitPath.Parsed(proposal) : new SubmitPath.Invalid(errors);
  }

  private Proposal proposal() {
    return new Proposal(
        orEmpty(members.text("summary")),
        orEmpty(members.text("rationale")),
        members.seconds("ttvEstimateSeconds"),
        members.texts("invariants"),
        members.texts("risks"),
        claims(),
        edits());
  }

  private List<Proposal.ConstraintClaim> claims() {
    List<Proposal.ConstraintClaim> claims = new ArrayList<>();
    List<Json> elements = members.list("constraints");
    for (int i = 0; i < elements.size(); i++) {
      @Nullable Members claim = members.object("constraints", i, elements.get(i), CLAIM_KEYS);
      if (claim != null) {
        @Nullable String id = claim.text("id");
        if (id == null) {
          claim.error("id: expected the id of a constraint, found nothing usable");
        }
        claims.add(
            new Proposal.ConstraintClaim(
                orEmpty(id), claim.bool("held"), orEmpty(claim.text("note"))));
      }
    }
    return claims;
  }

  private List<Edit> edits() {
    if (members.isNull("edits")) {
      members.error("edits: expected a list, found nothing");
    }
    List<Edit> edits = new ArrayList<>();
    List<Json> elements = members.list("edits");
    for (int i = 0; i < elements.size(); i++) {
      @Nullable Members edit = members.object("edits", i, elements.get(i), EditReader.KEYS);
      @Nullable Edit read = edit == null ? null : new EditReader(edit).read();
      if (read != null) {
        edits.add(read);
      }
    }
    return edits;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
