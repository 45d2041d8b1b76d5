package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.git.Edit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tool by which an agent hands in its path: its schema for providers, and the one reader of its
 * arguments.
 */
public final class SubmitPath {
  public static final String NAME = "submit_path";
  public static final String DESCRIPTION =
      "Hands in the whole change as edits to the frozen tree. Call it once, with every key present"
          + " and null where a key does not apply.";

  private SubmitPath() {}

  /** What the arguments were read as. */
  public sealed interface Result {}

  public record Parsed(Proposal proposal) implements Result {}

  /**
   * @param errors all of them, each with the place it is about
   */
  public record Invalid(List<String> errors) implements Result {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  /** Reads the arguments; missing keys count as null. */
  public static Result parse(JsonObject arguments) {
    return ProposalReader.read(arguments);
  }

  /**
   * The JSON Schema of the arguments, in the subset that strict tools take: every key required,
   * null where one does not apply, nothing else allowed.
   */
  public static JsonObject schema() {
    return SubmitPathSchema.schema();
  }

  /** A proposal of edits as arguments that {@link #parse} reads back as the same proposal. */
  public static JsonObject write(Proposal proposal) {
    @Nullable Long estimate = proposal.ttvEstimateSeconds();
    return Json.object()
        .put("summary", proposal.summary())
        .put("rationale", proposal.rationale())
        .put("ttvEstimateSeconds", estimate == null ? Json.NULL : Json.number(estimate))
        .put("invariants", Json.texts(proposal.invariants()))
        .put("risks", Json.texts(proposal.risks()))
        .put(
            "constraints",
            Json.array(proposal.constraints().stream().map(SubmitPath::write).toList()))
        .put("edits", Json.array(edits(proposal).stream().map(SubmitPath::write).toList()))
        .build();
  }

  /** Whole files are no arguments of the tool. */
  private static List<Edit> edits(Proposal proposal) {
    return switch (proposal.work()) {
      case Proposal.Work.Edits(List<Edit> edits) -> edits;
      case Proposal.Work.Changes _ -> List.of();
    };
  }

  private static JsonObject write(Proposal.ConstraintClaim claim) {
    return Json.object()
        .put("id", claim.id())
        .put("held", bool(claim.held()))
        .put("note", claim.note())
        .build();
  }

  private static JsonObject write(Edit edit) {
    return switch (edit) {
      case Edit.Create(String path, String content, boolean executable) ->
          edit("create", path, null, null, null, content, executable);
      case Edit.Replace(String path, String search, String replace) ->
          edit("replace", path, null, search, replace, null, null);
      case Edit.Rewrite(String path, String content, Boolean executable) ->
          edit("rewrite", path, null, null, null, content, executable);
      case Edit.Delete(String path) -> edit("delete", path, null, null, null, null, null);
      case Edit.Rename(String path, String to) -> edit("rename", path, to, null, null, null, null);
    };
  }

  private static JsonObject edit(
      String op,
      String path,
      @Nullable String to,
      @Nullable String search,
      @Nullable String replace,
      @Nullable String content,
      @Nullable Boolean executable) {
    return Json.object()
        .put("op", op)
        .put("path", path)
        .put("to", to)
        .put("search", search)
        .put("replace", replace)
        .put("content", content)
        .put("executable", bool(executable))
        .build();
  }

  private static Json bool(@Nullable Boolean value) {
    return value == null ? Json.NULL : Json.bool(value);
  }
}
