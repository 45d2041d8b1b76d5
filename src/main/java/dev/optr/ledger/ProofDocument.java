package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A proof with all that it takes to check it elsewhere, as one JSON document (schema {@code
 * ledger-proof}). Where it was made and the roots that it names are what its maker says.
 */
public sealed interface ProofDocument {
  String INCLUSION = "inclusion";
  String CONSISTENCY = "consistency";

  /** Where the proof was made. */
  Origin origin();

  /** Root of the tree that the proof is about; 32 bytes. */
  Bytes root();

  /** The members in the order of the schema. */
  JsonObject json();

  /**
   * Where a proof was made.
   *
   * @param container path of the ledger file
   * @param commit that it was read at; null for a bare file
   * @param anchor the commit whose trailer names the root; null where none is known
   */
  record Origin(String container, @Nullable String commit, @Nullable String anchor) {}

  /**
   * That an entry is in a ledger file.
   *
   * @param entry its id
   * @param line without LF
   */
  record Inclusion(Origin origin, String entry, InclusionProof proof, Bytes root, String line)
      implements ProofDocument {

    /**
     * Checks that a line, which must be the entry's, is below a root.
     *
     * @param given the line without LF; empty for the one in this document
     */
    public ProofCheck check(Optional<Bytes> given, Bytes trustedRoot) {
      byte[] bytes = given.orElseGet(() -> Bytes.utf8(line)).toArray();
      if (!(new LineReader().read("the line", 1, bytes) instanceof LineReader.Line.Intact read)) {
        return new ProofCheck.Refuted("the line is no intact line of a ledger");
      }
      if (!read.entry().id().equals(entry)) {
        return new ProofCheck.Refuted(
            "the line is of the entry '%s', the proof of '%s'".formatted(read.entry().id(), entry));
      }
      return switch (proof.check(MerkleTree.leafHash(bytes), trustedRoot)) {
        case ProofCheck.Refuted refuted -> refuted;
        case ProofCheck.Proven _ ->
            new ProofCheck.Proven(
                "the entry %s is line %d of the %d lines below the root %s"
                    .formatted(
                        entry, proof.index() + 1, proof.size(), MerkleTree.hex(trustedRoot)));
      };
    }

    @Override
    public JsonObject json() {
      return opening(INCLUSION, origin)
          .put("entry", entry)
          .put("index", proof.index())
          .put("size", proof.size())
          .put("root", MerkleTree.hex(root))
          .put("hashes", hexes(proof.hashes()))
          .put("line", line)
          .build();
    }
  }

  /**
   * That a ledger file only grew.
   *
   * @param oldRoot root over its first lines; 32 bytes
   */
  record Consistency(Origin origin, ConsistencyProof proof, Bytes oldRoot, Bytes root)
      implements ProofDocument {

    /** Checks that what is below one root is the beginning of what is below the other. */
    public ProofCheck check(Bytes trustedOldRoot, Bytes trustedRoot) {
      return switch (proof.check(trustedOldRoot, trustedRoot)) {
        case ProofCheck.Refuted refuted -> refuted;
        case ProofCheck.Proven _ ->
            new ProofCheck.Proven(
                "the %d lines below the root %s are the first of the %d lines below the root %s"
                    .formatted(
                        proof.oldSize(),
                        MerkleTree.hex(trustedOldRoot),
                        proof.size(),
                        MerkleTree.hex(trustedRoot)));
      };
    }

    @Override
    public JsonObject json() {
      return opening(CONSISTENCY, origin)
          .put("oldSize", proof.oldSize())
          .put("oldRoot", MerkleTree.hex(oldRoot))
          .put("size", proof.size())
          .put("root", MerkleTree.hex(root))
          .put("hashes", hexes(proof.hashes()))
          .build();
    }
  }

  private static Json.Builder opening(String kind, Origin origin) {
    return Json.object()
        .put("v", 1)
        .put("kind", kind)
        .put("container", origin.container())
        .put("commit", origin.commit())
        .put("anchor", origin.anchor());
  }

  private static Json hexes(List<Bytes> hashes) {
    return Json.texts(hashes.stream().map(MerkleTree::hex).toList());
  }

  /**
   * Reads what {@link #json()} gives.
   *
   * @throws JsonException where it is anything else
   */
  static ProofDocument read(byte[] utf8) throws JsonException {
    JsonObject json = JsonReader.readObject(utf8);
    try {
      return INCLUSION.equals(json.text("kind")) ? inclusion(json) : consistency(json);
    } catch (ProfileException e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  private static Inclusion inclusion(JsonObject json) throws ProfileException {
    Members members =
        members(json, INCLUSION, Set.of("entry", "index", "size", "root", "hashes", "line"));
    InclusionProof proof =
        new InclusionProof(
            members.integer("index", 0, Members.MAX_INTEGER),
            members.integer("size", 1, Members.MAX_INTEGER),
            members.list("hashes", ProofDocument::hash));
    return new Inclusion(
        origin(members),
        members.digest("entry"),
        proof,
        root(members, "root"),
        members.text("line"));
  }

  private static Consistency consistency(JsonObject json) throws ProfileException {
    Members members =
        members(json, CONSISTENCY, Set.of("oldSize", "oldRoot", "size", "root", "hashes"));
    ConsistencyProof proof =
        new ConsistencyProof(
            members.integer("oldSize", 1, Members.MAX_INTEGER),
            members.integer("size", 1, Members.MAX_INTEGER),
            members.list("hashes", ProofDocument::hash));
    return new Consistency(origin(members), proof, root(members, "oldRoot"), root(members, "root"));
  }

  private static Members members(JsonObject json, String kind, Set<String> own)
      throws ProfileException {
    Set<String> names = new TreeSet<>(own);
    names.addAll(Set.of("v", "kind", "container", "commit", "anchor"));
    Members members = Members.of("proof", json, names);
    members.integer("v", 1, 1);
    members.oneOf("kind", Set.of(kind));
    return members;
  }

  private static Origin origin(Members members) throws ProfileException {
    return new Origin(
        members.text("container"), members.gitIdOrNull("commit"), members.gitIdOrNull("anchor"));
  }

  private static Bytes root(Members members, String name) throws ProfileException {
    return parseHash(members.digest(name));
  }

  private static Bytes hash(String where, Json value) throws ProfileException {
    return parseHash(Members.digest(where, value));
  }

  private static Bytes parseHash(String hex) {
    return Bytes.of(HexFormat.of().parseHex(hex));
  }
}
