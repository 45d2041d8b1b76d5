package dev.optr.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job's token may. Naming any permission takes away all others.
 *
 * @param mark where it is written; where it is not, the job
 * @param level of everything that {@code named} does not have; null = whatever the repository's
 *     settings say
 */
record CallerPermissions(Mark mark, @Nullable Level level, Map<String, Named> named) {
  CallerPermissions {
    named = Map.copyOf(named);
  }

  enum Level {
    NONE,
    READ,
    WRITE
  }

  record Named(Mark mark, Level level) {}

  static CallerPermissions of(YamlNode.Mapping workflow, YamlNode.Entry job) {
    Optional<YamlNode.Entry> own =
        job.value() instanceof YamlNode.Mapping body ? body.find("permissions") : Optional.empty();
    return own.or(() -> workflow.find("permissions"))
        .map(CallerPermissions::written)
        .orElseGet(() -> new CallerPermissions(job.mark(), null, Map.of()));
  }

  private static CallerPermissions written(YamlNode.Entry entry) {
    return switch (entry.value()) {
      case YamlNode.Mapping mapping -> {
        Map<String, Named> named = new LinkedHashMap<>();
        for (YamlNode.Entry one : mapping.entries()) {
          named.put(one.key(), new Named(one.mark(), level(one.value())));
        }
        yield new CallerPermissions(entry.mark(), Level.NONE, named);
      }
      case YamlNode.Scalar scalar ->
          new CallerPermissions(
              entry.mark(),
              switch (scalar.text()) {
                case "write-all" -> Level.WRITE;
                case "read-all" -> Level.READ;
                default -> Level.NONE;
              },
              Map.of());
      case YamlNode.Sequence _ -> new CallerPermissions(entry.mark(), Level.NONE, Map.of());
    };
  }

  private static Level level(YamlNode value) {
    return switch (value instanceof YamlNode.Scalar scalar ? scalar.text() : "") {
      case "write" -> Level.WRITE;
      case "read" -> Level.READ;
      default -> Level.NONE;
    };
  }

  boolean areWritten() {
    return level != null;
  }

  boolean grant(String scope, Level wanted) {
    Named one = named.get(scope);
    Level granted = one == null ? level : one.level();
    return granted != null && granted.compareTo(wanted) >= 0;
  }

  /** Whether the token may write anything, as far as can be seen. */
  boolean mayWrite() {
    return level == null
        || level == Level.WRITE
        || named.values().stream().anyMatch(one -> one.level() == Level.WRITE);
  }
}
