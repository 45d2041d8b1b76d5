package dev.optr.workflow;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the keys that hold a mapping of settings. */
final class SettingsReader {
  private static final BigDecimal MOST = new BigDecimal(100_000);
  private static final Shape<BigDecimal> AMOUNT = Shapes.number(MOST);
  private static final Shape<String> SELECTOR_NAME =
      Shapes.matching(
          Pattern.compile("[a-z][a-z0-9_-]{0,63}"),
          "the name of a selector, or a mapping (see docs/workflow-file.md)");
  private static final Shape<String> LABEL =
      Shapes.matching(
          Pattern.compile("[^\\s\\p{Cntrl}]([^\\p{Cntrl}]{0,48}[^\\s\\p{Cntrl}])?"),
          "the name of a label, at most 50 characters");
  private static final Shape<String> TIMESTAMP =
      Shapes.matchingUnseen(
          Pattern.compile("https?://[^\\s/?#@\\p{Cntrl}]+(/[^\\s#\\p{Cntrl}]*)?"),
          "null or the URL of a time stamp service (RFC 3161)");

  static final Shape<Workflow.Budget> BUDGET =
      Section.shape(
          "usd and tokens",
          section ->
              Optional.of(
                  new Workflow.Budget(
                      section.find("usd", AMOUNT).orElse(null),
                      section
                          .find("tokens", Shapes.whole(1, 999_999_999))
                          .map(Integer::longValue)
                          .orElse(null))));

  /** Of the whole run: money alone. */
  static final Shape<Workflow.Budget> RUN_BUDGET =
      Section.shape(
          "usd",
          section ->
              Optional.of(new Workflow.Budget(section.find("usd", AMOUNT).orElse(null), null)));

  static final Shape<List<String>> CONTEXT =
      Section.shape(
          "exclude",
          section -> Optional.of(section.items("exclude", GlobShape.GLOB, "path patterns")));

  static final Shape<Workflow.Serial> SERIAL =
      Section.shape(
          "stop, order and share",
          section ->
              Optional.of(
                  new Workflow.Serial(
                      section.choice("stop", Workflow.Serial.Stop.FIRST_ADMISSIBLE),
                      section.choice("order", Workflow.Serial.Order.CONFIGURED),
                      section.choice("share", Workflow.Serial.Share.NONE))));

  static final Shape<Workflow.Trigger> TRIGGER =
      Section.shape(
          "push, label and perHour",
          section ->
              Optional.of(
                  new Workflow.Trigger(
                      section.choice("push", Workflow.Trigger.Push.FIRST),
                      section.get("label", LABEL, Defaults.LABEL),
                      section.get("perHour", Shapes.whole(1, 1000), Defaults.PER_HOUR))));

  static final Shape<Map<String, Workflow.Price>> PRICES =
      Shapes.mapOf(
          Section.shape("in and out", SettingsReader::price), "prices by the name of a model");

  static final Shape<List<String>> BRANCHES =
      Section.shape(
          "branches",
          section ->
              Optional.of(
                  section.items(
                      "branches",
                      Shapes.matching(
                          Pattern.compile("(?!-)(?!.*\\.\\.)[^\\s\\p{Cntrl}~^:\\[\\\\]{1,200}"),
                          "the name of a branch, with * and ? in it where several are meant"),
                      "branches")));

  private static final Shape<Workflow.Optr> OPTR_MAPPING =
      Section.shape("selector, weights and bounds", SettingsReader::optr);

  static final Shape<Workflow.Optr> OPTR =
      place ->
          place.node() instanceof YamlNode.Mapping
              ? OPTR_MAPPING.read(place)
              : SELECTOR_NAME.read(place).map(Defaults::optr);

  private static final Shape<Selector> SELECTOR_COMMAND =
      Section.shape(
          "command",
          section ->
              section
                  .need("command", Shapes.listOf(Shapes.TEXT, "arguments", 1, 1000))
                  .map(command -> new Selector(Optional.empty(), command)));

  private static final Shape<Workflow.LedgerSettings> LEDGER_MAPPING =
      Section.shape("mode, layout, log and timestamp", SettingsReader::ledger);

  private static final Shape<Boolean> LEDGER_MODE = Shapes.oneOf(ledgerModes());

  static final Shape<Workflow.LedgerSettings> LEDGER =
      place ->
          switch (place.node()) {
            case YamlNode.Mapping _ -> LEDGER_MAPPING.read(place);
            case YamlNode.Scalar _ -> LEDGER_MODE.read(place).map(Defaults::ledger);
            case YamlNode.Sequence _ ->
                Shapes.refuse(place, "'enabled', 'disabled' or a mapping with mode");
          };

  private SettingsReader() {}

  private record Selector(Optional<String> name, List<String> command) {}

  // In the order in which messages list them.
  private static Map<String, Boolean> ledgerModes() {
    Map<String, Boolean> modes = new LinkedHashMap<>();
    modes.put("enabled", true);
    modes.put("disabled", false);
    return modes;
  }

  private static Optional<Workflow.Price> price(Section section) {
    Optional<BigDecimal> in = section.need("in", AMOUNT);
    Optional<BigDecimal> out = section.need("out", AMOUNT);
    Optional<BigDecimal> cached = section.find("cached", AMOUNT);
    return in.flatMap(
        input -> out.map(output -> new Workflow.Price(input, output, cached.orElse(input))));
  }

  private static Optional<Workflow.Optr> optr(Section section) {
    Selector selector =
        section.get(
            "selector",
            SettingsReader::selector,
            new Selector(Optional.of(Defaults.SELECTOR), List.of()));
    return Optional.of(
        new Workflow.Optr(
            selector.name().orElse(null),
            selector.command(),
            section.get(
                "weights",
                Section.shape("cost, risk and probability", SettingsReader::weights),
                Defaults.WEIGHTS),
            section.get(
                "bounds",
                Section.shape("risk, usd and probability", SettingsReader::bounds),
                Defaults.NO_BOUNDS)));
  }

  private static Optional<Selector> selector(Place place) {
    return place.node() instanceof YamlNode.Mapping
        ? SELECTOR_COMMAND.read(place)
        : SELECTOR_NAME.read(place).map(name -> new Selector(Optional.of(name), List.of()));
  }

  private static Optional<Workflow.Weights> weights(Section section) {
    return Optional.of(
        new Workflow.Weights(
            section.get("cost", AMOUNT, Defaults.WEIGHTS.cost()),
            section.get("risk", AMOUNT, Defaults.WEIGHTS.risk()),
            section.get("probability", AMOUNT, Defaults.WEIGHTS.probability())));
  }

  private static Optional<Workflow.Bounds> bounds(Section section) {
    return Optional.of(
        new Workflow.Bounds(
            section.find("risk", Shapes.number(new BigDecimal(100))).orElse(null),
            section.find("usd", AMOUNT).orElse(null),
            section.find("probability", Shapes.number(BigDecimal.ONE)).orElse(null)));
  }

  private static Optional<Workflow.LedgerSettings> ledger(Section section) {
    return Optional.of(
        new Workflow.LedgerSettings(
            section.get("mode", LEDGER_MODE, true),
            section.choice("layout", Workflow.LedgerSettings.Layout.PER_PR),
            section.choice("log", Workflow.LedgerSettings.Log.OFF),
            section.find("timestamp", Shapes.orNull(TIMESTAMP)).orElse(null)));
  }
}
