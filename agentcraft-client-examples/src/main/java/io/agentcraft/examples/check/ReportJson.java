package io.agentcraft.examples.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentcraft.testing.conformance.CheckOutcome;
import io.agentcraft.testing.conformance.CheckResult;
import io.agentcraft.testing.conformance.ConformanceReport;
import java.util.Locale;

/** Writes a conformance report as one JSON object. */
public final class ReportJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportJson() {}

  /**
   * Writes a report.
   *
   * @param report the report
   * @return JSON on several lines; names and verdicts in lower case with hyphens
   */
  public static String of(ConformanceReport report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("url", report.url());
    json.put("endpoint", report.endpoint());
    json.put("form", report.form() == null ? null : name(report.form()));
    json.put("evidence", report.evidence());
    json.put("connected", report.isConnected());
    json.put("conformant", report.isConformant());
    ArrayNode checks = json.putArray("checks");
    report.results().forEach(result -> write(result, checks.addObject()));
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException("A report could not be written.", bug);
    }
  }

  private static void write(CheckResult result, ObjectNode json) {
    json.put("name", result.check().id());
    json.put("verdict", name(result.verdict()));
    json.put("sentence", result.check().sentence());
    json.put("detail", result.outcome().detail());
    if (result.outcome() instanceof CheckOutcome.Fail fail) {
      json.put("expected", fail.expected());
      json.put("came", fail.came());
    } else if (result.outcome() instanceof CheckOutcome.Deviation deviation) {
      json.put("deviation", name(deviation.deviation()));
    }
    json.put("millis", result.took().toMillis());
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
