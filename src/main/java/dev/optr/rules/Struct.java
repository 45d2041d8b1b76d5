package dev.optr.rules;

import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.StructValue;
import java.util.Map;
import java.util.Optional;

/** A value with declared fields, as CEL sees it; a field that is not known is absent. */
// Every value is one that FactValues makes: text, number, truth value, copied list or map of these.
@SuppressWarnings("Immutable")
final class Struct extends StructValue<String, Struct> {
  private final StructType type;
  private final Map<String, Object> fields;

  Struct(StructType type, Map<String, Object> fields) {
    this.type = type;
    this.fields = Map.copyOf(fields);
  }

  @Override
  public Struct value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return false;
  }

  @Override
  public CelType celType() {
    return type;
  }

  @Override
  public Object select(String field) {
    return find(field)
        .orElseThrow(() -> new IllegalArgumentException("'" + field + "' is not known"));
  }

  @Override
  public Optional<Object> find(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Struct struct
        && type.name().equals(struct.type.name())
        && fields.equals(struct.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }
}
