package io.podcapture.pcap.filter;

import io.podcapture.pcap.Corpus;
import io.podcapture.pcap.LinkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Filters, and what libpcap 1.10 says to each on each of five link types; beside the checkout, if it is there. */
final class FilterTable {
    static final Path CORPUS = Corpus.DIRECTORY;
    static final Map<String, LinkType> LINK_TYPES = new TreeMap<>(Map.of(
            "EN10MB", LinkType.ETHERNET,
            "LINUX_SLL", LinkType.LINUX_SLL,
            "LINUX_SLL2", LinkType.LINUX_SLL2,
            "RAW", LinkType.RAW,
            "NULL", LinkType.NULL));
    private static final List<String> COLUMNS = List.of("EN10MB", "LINUX_SLL", "LINUX_SLL2", "RAW", "NULL");

    /**
     * @param compilesFor link types of which the dead handle takes it, these five and others; "-" for none
     * @param answers of libpcap for a file, by link type: {@code ok:} and a number of instructions, or {@code error:} and
     *     why
     */
    record Row(String expression, String compilesFor, Map<String, String> answers) {
        boolean isAccepted(String linkType) {
            return answers.getOrDefault(linkType, "").startsWith("ok:");
        }

        boolean isAcceptedSomewhere() {
            return !compilesFor.equals("-") || answers.keySet().stream().anyMatch(this::isAccepted);
        }
    }

    private FilterTable() {}

    static boolean isHere() {
        return Files.exists(CORPUS.resolve("filters.tsv"));
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(CORPUS.resolve("filters.tsv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split("\t", -1);
            Map<String, String> answers = new TreeMap<>();
            for (int i = 0; i < COLUMNS.size(); i++) {
                answers.put(COLUMNS.get(i), fields[2 + i]);
            }
            if (!fields[7].equals("-")) {
                for (String difference : fields[7].split(";", -1)) {
                    int equals = difference.indexOf('=');
                    answers.put(difference.substring(0, equals), difference.substring(equals + 1));
                }
            }
            String expression = fields[0].replace('␉', '\t').replace('␊', '\n').replace('␍', '\r');
            rows.add(new Row(expression, fields[1], answers));
        }
        return rows;
    }
}
