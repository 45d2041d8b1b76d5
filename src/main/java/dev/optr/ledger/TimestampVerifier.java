package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the time stamps of intact entries (docs/ledger-format.md, time stamps). A token bounds its
 * entry's time from above and from nowhere else, so none ever contradicts a claimed time.
 */
public final class TimestampVerifier {
  private static final Set<String> MEMBERS = Set.of("alg", "token");

  private final Optional<TimestampAuthorities> authorities;

  /**
   * @param authorities empty where only the tokens themselves are looked at
   */
  public TimestampVerifier(Optional<TimestampAuthorities> authorities) {
    this.authorities = authorities;
  }

  /** All of them, in the order of the entries. */
  public Timestamps verify(Verification verification) {
    Tally tally = new Tally();
    // Of a long ledger without time stamps no line is read again.
    verification
        .entries()
        .ofMixedSignatures()
        .filter(TimestampVerifier::isStamped)
        .forEach(entry -> tokens(entry).forEach(token -> count(entry, token, tally)));
    return new Timestamps(
        tally.good,
        tally.unknown,
        tally.newest,
        tally.newestEntry,
        authorities.isPresent(),
        tally.findings);
  }

  /** True where the entry carries a time stamp, good or not. */
  static boolean isStamped(Entry entry) {
    return entry.signatures().stream()
        .anyMatch(signature -> signature.algorithm().equals(EntrySignature.TIMESTAMP));
  }

  private static List<Json> tokens(Entry entry) {
    try {
      return JsonReader.readObject(entry.line().toArray()).array("sigs").stream()
          .filter(
              signature -> EntrySignature.TIMESTAMP.equals(((JsonObject) signature).text("alg")))
          .toList();
    } catch (JsonException e) {
      throw new IllegalStateException("a line that was read is JSON", e);
    }
  }

  private void count(Entry entry, Json signature, Tally tally) {
    try {
      TimestampToken token = TimestampToken.parse(der(signature));
      token.checkFor(entry.id());
      if (authorities.isPresent() && !authorities.get().vouchFor(token)) {
        tally.unknown++;
      } else {
        tally.good(entry, token);
      }
    } catch (TimestampException e) {
      tally.findings.add(
          entry.finding(Code.E_SIG, "the time stamp is not good: " + e.getMessage()));
    }
  }

  private static Bytes der(Json signature) throws TimestampException {
    try {
      String base64 = Members.of("sigs", signature, MEMBERS).text("token");
      byte[] der = Base64.getDecoder().decode(base64);
      // One token, one spelling.
      if (Base64.getEncoder().encodeToString(der).equals(base64)) {
        return Bytes.of(der);
      }
    } catch (ProfileException | IllegalArgumentException e) {
      throw new TimestampException("it has no token in base64", e);
    }
    throw new TimestampException("it has no token in base64");
  }

  /** Counts as it goes. */
  private static final class Tally {
    private final List<Finding> findings = new ArrayList<>();
    private int good;
    private int unknown;
    private @Nullable Instant newest;
    private @Nullable String newestEntry;

    void good(Entry entry, TimestampToken token) {
      good++;
      if (newest == null || token.time().isAfter(newest)) {
        newest = token.time();
        newestEntry = entry.id();
      }
    }
  }
}
