package io.agentcraft.examples.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tests need to know of a Markdown file.
 *
 * @param file the file
 * @param blocks the fenced blocks, in order
 * @param links the targets of all links and pictures outside of fenced blocks
 * @param anchors the anchors that GitHub gives to the headings
 */
record Markdown(Path file, List<Block> blocks, List<String> links, List<String> anchors) {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#+\\s+(.*)");
  private static final Pattern OTHER_HOST = Pattern.compile("[a-z]+:.*");

  /**
   * A fenced block.
   *
   * @param language the word behind the fence; empty without one
   * @param text the lines between the fences
   */
  record Block(String language, String text) {}

  static Markdown read(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> links = new ArrayList<>();
    List<String> anchors = new ArrayList<>();
    String language = null;
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      String bare = line.strip();
      if (bare.startsWith("```")) {
        if (language == null) {
          language = bare.substring(3).strip();
        } else {
          blocks.add(new Block(language, text.toString()));
          language = null;
          text.setLength(0);
        }
      } else if (language != null) {
        text.append(line).append('\n');
      } else {
        LINK.matcher(line).results().forEach(link -> links.add(link.group(1)));
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
          anchors.add(anchor(heading.group(1)));
        }
      }
    }
    if (language != null) {
      throw new IllegalArgumentException("A fenced block of " + file + " is not closed.");
    }
    return new Markdown(file, blocks, links, anchors);
  }

  List<String> javaBlocks() {
    return blocks.stream()
        .filter(block -> block.language().equals("java"))
        .map(Block::text)
        .toList();
  }

  List<String> languages() {
    return blocks.stream().map(Block::language).toList();
  }

  /** Returns the links to a file or a heading that does not exist. Links to other hosts are not looked at. */
  List<String> brokenLinks() throws IOException {
    List<String> broken = new ArrayList<>();
    for (String link : links) {
      if (!OTHER_HOST.matcher(link).matches() && !hasTarget(link)) {
        broken.add(link);
      }
    }
    return broken;
  }

  private boolean hasTarget(String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1 || read(target).anchors().contains(parts[1]);
  }

  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit} _-]", "")
        .replace(' ', '-');
  }
}
