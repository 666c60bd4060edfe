package io.agentcraft.examples.bench.footprint;

import io.agentcraft.examples.bench.table.Row;
import io.agentcraft.examples.bench.table.Row.Ratio;
import io.agentcraft.examples.bench.table.Row.Target;
import io.agentcraft.examples.bench.table.Section;
import io.agentcraft.examples.bench.table.Section.Effort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The jars that an application gains. */
public final class JarSection implements Section {

  /** What the SDK needs at run time beyond OkHttp and Jackson with what those need. */
  private static final Pattern FURTHER = Pattern.compile("(slf4j-api|jspecify)-[0-9.]+\\.jar");

  private static final Pattern OURS = Pattern.compile("agentcraft-client-[0-9].*\\.jar");

  /** Creates the section. */
  public JarSection() {}

  @Override
  public String name() {
    return "jars";
  }

  @Override
  public List<Row> measure(Effort effort) throws IOException {
    List<Path> jars = Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(Path::of)
        .toList();
    List<Path> ours = named(jars, OURS);
    List<Path> further = named(jars, FURTHER);
    if (ours.isEmpty()) {
      throw new IOException(
          "The client's jar is not on the class path. Run the package phase, too.");
    }
    return List.of(
        new Row(
            "our jar",
            "–",
            new Ratio(Files.size(ours.get(0)) / 1_000.0, 0),
            "kB",
            Target.atMost(250),
            ours.get(0).getFileName().toString()),
        new Row(
            "further jars",
            "OkHttp + Jackson alone",
            new Ratio(further.size(), 0),
            "jars",
            Target.atMost(0),
            further.stream().map(JarSection::described).collect(Collectors.joining(", "))));
  }

  private static List<Path> named(List<Path> jars, Pattern name) {
    return jars.stream()
        .filter(jar -> name.matcher(String.valueOf(jar.getFileName())).matches())
        .toList();
  }

  private static String described(Path jar) {
    return String.format(
        Locale.ROOT, "%s %.0f kB", jar.getFileName(), jar.toFile().length() / 1_000.0);
  }
}
