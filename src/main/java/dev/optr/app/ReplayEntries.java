package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entries;
import dev.optr.ledger.Entry;
import dev.optr.report.Shown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The decisions that somebody asks for. */
record ReplayEntries(Entries entries) {
  private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{8,64}");

  /** Every decision, parents before children. */
  Stream<Entry> all() {
    return entries.mentioning("\"decision\":").filter(entry -> entry.body() instanceof Body.Run);
  }

  /** Those that no other one is higher than. */
  Stream<Entry> newest() {
    long highest = all().mapToLong(ReplayEntries::height).max().orElse(-1);
    return all().filter(entry -> height(entry) == highest);
  }

  private static long height(Entry entry) {
    return entry.body().common().height();
  }

  /**
   * Those that are named, each once.
   *
   * @param prefixes of their ids
   * @throws UserException where one names none, several, or something that is no decision
   */
  List<Entry> named(List<String> prefixes) {
    Map<String, Entry> found = new LinkedHashMap<>();
    for (String prefix : prefixes) {
      Entry entry = one(prefix);
      found.putIfAbsent(entry.id(), entry);
    }
    return List.copyOf(found.values());
  }

  private Entry one(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new UserException(
          "ENTRY: expected the first 8 or more hex digits of an entry's id, found '%s'"
              .formatted(Shown.line(prefix)));
    }
    List<Entry> found =
        entries.mentioning(prefix).filter(entry -> entry.id().startsWith(prefix)).toList();
    if (found.isEmpty()) {
      throw new UserException(
          "ENTRY: the ledger has no intact entry '%s'; 'optr ledger show' lists them"
              .formatted(prefix));
    }
    if (found.size() > 1) {
      throw new UserException(
          "ENTRY: '%s' begins the ids of %d entries; write more of it"
              .formatted(prefix, found.size()));
    }
    return decision(prefix, found.getFirst());
  }

  private static Entry decision(String prefix, Entry entry) {
    return switch (entry.body()) {
      case Body.Run _ -> entry;
      case Body.Execution execution -> throw about(prefix, "execution", execution.entry());
      case Body.Outcome outcome -> throw about(prefix, "outcome", outcome.entry());
      case Body.Genesis _ -> throw none(prefix, "genesis");
      case Body.Key _ -> throw none(prefix, "change of keys");
    };
  }

  private static UserException about(String prefix, String kind, String decision) {
    return new UserException(
        "ENTRY: '%s' is an %s, no decision; the decision is %s".formatted(prefix, kind, decision));
  }

  private static UserException none(String prefix, String kind) {
    return new UserException("ENTRY: '%s' is a %s, no decision".formatted(prefix, kind));
  }
}
