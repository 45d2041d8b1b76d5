package dev.optr.rules;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link RuleFacts} as CEL's values, and what of them is not known as its attributes. */
final class FactValues {
  private static final String CANDIDATE = "candidate";

  private final List<CelAttributePattern> unknowns = new ArrayList<>();

  private FactValues() {}

  static PartialVars of(RuleFacts facts) {
    FactValues values = new FactValues();
    Map<String, Object> variables =
        Map.of(CANDIDATE, values.candidate(facts.candidate()), "intent", intent(facts.intent()));
    return PartialVars.of(variables, values.unknowns.toArray(CelAttributePattern[]::new));
  }

  private Struct candidate(RuleFacts.Candidate candidate) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("files", candidate.files().stream().map(FactValues::file).toList());
    fields.put("additions", candidate.additions());
    fields.put("deletions", candidate.deletions());
    fields.put("changedLines", candidate.changedLines());
    fields.put("changedBytes", candidate.changedBytes());
    fields.put("risk", candidate.risk());
    fields.put("riskFeatures", candidate.riskFeatures());
    fields.put("usage", usage(candidate.usage()));
    fields.put("tests", tests(candidate.tests()));
    fields.put("checks", checks(candidate));
    return new Struct(FactTypes.CANDIDATE, fields);
  }

  private static Struct file(RuleFacts.File file) {
    return new Struct(
        FactTypes.FILE,
        Map.ofEntries(
            Map.entry("path", file.path()),
            Map.entry("from", file.from()),
            Map.entry("status", file.status()),
            Map.entry("additions", file.additions()),
            Map.entry("deletions", file.deletions()),
            Map.entry("changedBytes", file.changedBytes()),
            Map.entry("binary", file.binary()),
            Map.entry("mode", file.mode()),
            Map.entry("oldMode", file.oldMode()),
            Map.entry("isTest", file.isTest()),
            Map.entry("isGenerated", file.isGenerated())));
  }

  private Struct usage(RuleFacts.Usage usage) {
    Map<String, Object> fields = new HashMap<>();
    known(fields, "inputTokens", usage.inputTokens());
    known(fields, "outputTokens", usage.outputTokens());
    known(fields, "usd", usage.usd() == null ? null : usage.usd().doubleValue());
    return new Struct(FactTypes.USAGE, fields);
  }

  private void known(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value == null) {
      unknown("usage", name);
    } else {
      fields.put(name, value);
    }
  }

  private Struct tests(RuleFacts.@Nullable Tests tests) {
    if (tests == null) {
      unknown("tests");
      return new Struct(FactTypes.TESTS, Map.of());
    }
    return new Struct(
        FactTypes.TESTS,
        Map.of(
            "total", tests.total(),
            "passed", tests.passed(),
            "failed", tests.failed(),
            "skipped", tests.skipped()));
  }

  /** A pattern would hide the checks that are known as well, since CEL indexes no part of a map. */
  private static Map<String, Object> checks(RuleFacts.Candidate candidate) {
    Map<String, Object> checks = new HashMap<>(candidate.checks());
    candidate
        .openChecks()
        .forEach(id -> checks.put(id, CelUnknownSet.create(attribute("checks", id))));
    return checks;
  }

  private static CelAttribute attribute(String... fields) {
    CelAttribute attribute = CelAttribute.create(CANDIDATE);
    for (String field : fields) {
      attribute = attribute.qualify(CelAttribute.Qualifier.ofString(field));
    }
    return attribute;
  }

  private static Struct intent(RuleFacts.Intent intent) {
    return new Struct(
        FactTypes.INTENT,
        Map.of(
            "text", intent.text(),
            "kind", intent.kind(),
            "number", intent.number(),
            "author", intent.author()));
  }

  private void unknown(String... fields) {
    CelAttributePattern pattern = CelAttributePattern.create(CANDIDATE);
    for (String field : fields) {
      pattern = pattern.qualify(CelAttribute.Qualifier.ofString(field));
    }
    unknowns.add(pattern);
  }
}
