package dev.optr.rules;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The declared types of {@link RuleFacts}, so that a field that does not exist is an error when a
 * rule is compiled. Their names cannot be written in an expression, so that none can be made there.
 */
final class FactTypes implements CelTypeProvider {
  private static final CelType TEXTS = ListType.create(SimpleType.STRING);

  static final StructType FILE =
      struct(
          "(file)",
          Map.ofEntries(
              Map.entry("path", SimpleType.STRING),
              Map.entry("from", SimpleType.STRING),
              Map.entry("status", SimpleType.STRING),
              Map.entry("additions", SimpleType.INT),
              Map.entry("deletions", SimpleType.INT),
              Map.entry("changedBytes", SimpleType.INT),
              Map.entry("binary", SimpleType.BOOL),
              Map.entry("mode", SimpleType.STRING),
              Map.entry("oldMode", SimpleType.STRING),
              Map.entry("isTest", SimpleType.BOOL),
              Map.entry("isGenerated", SimpleType.BOOL)));

  static final StructType USAGE =
      struct(
          "(usage)",
          Map.of(
              "inputTokens", SimpleType.INT,
              "outputTokens", SimpleType.INT,
              "usd", SimpleType.DOUBLE));

  static final StructType TESTS =
      struct(
          "(tests)",
          Map.of(
              "total", SimpleType.INT,
              "passed", SimpleType.INT,
              "failed", SimpleType.INT,
              "skipped", SimpleType.INT));

  static final StructType CANDIDATE =
      struct(
          "(candidate)",
          Map.ofEntries(
              Map.entry("files", ListType.create(FILE)),
              Map.entry("additions", SimpleType.INT),
              Map.entry("deletions", SimpleType.INT),
              Map.entry("changedLines", SimpleType.INT),
              Map.entry("changedBytes", SimpleType.INT),
              Map.entry("risk", SimpleType.INT),
              Map.entry("riskFeatures", TEXTS),
              Map.entry("usage", USAGE),
              Map.entry("tests", TESTS),
              Map.entry("checks", MapType.create(SimpleType.STRING, SimpleType.STRING))));

  static final StructType INTENT =
      struct(
          "(intent)",
          Map.of(
              "text", SimpleType.STRING,
              "kind", SimpleType.STRING,
              "number", SimpleType.INT,
              "author", SimpleType.STRING));

  private static final ImmutableList<StructType> ALL =
      ImmutableList.of(FILE, USAGE, TESTS, CANDIDATE, INTENT);

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(ALL);
  }

  @Override
  public Optional<CelType> findType(String name) {
    return types().stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /** Names of all fields, for messages. */
  static List<String> fields() {
    TreeSet<String> names = new TreeSet<>();
    ALL.forEach(type -> names.addAll(type.fieldNames()));
    return List.copyOf(names);
  }

  private static StructType struct(String name, Map<String, CelType> declared) {
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(declared);
    return StructType.create(
        name,
        ImmutableSet.copyOf(new TreeSet<>(fields.keySet())),
        field -> Optional.ofNullable(fields.get(field)));
  }
}
