package io.podcapture.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the texts of cgroups.txt, which names where each was seen. */
class CgroupTextTest {
    private static final String ID = "09bc3d7ade839efec32b6bec4ec79d099027a668ddba043083ec21d3c3b8f1e6";

    /** One text, and what is expected of it. */
    private static final class Case {
        private final String name;
        private final List<String> lines = new ArrayList<>();
        private String id = "";
        private OptionalInt depth = OptionalInt.empty();

        Case(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String line : text().lines().toList()) {
            if (line.startsWith("== ")) {
                cases.add(new Case(line.substring(3)));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                fill(cases.get(cases.size() - 1), line);
            }
        }
        return cases.stream();
    }

    private static void fill(Case last, String line) {
        if (line.startsWith("id ")) {
            last.id = line.substring(3);
        } else if (line.startsWith("depth ")) {
            String depth = line.substring(6);
            last.depth = depth.equals("none") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(depth));
        } else {
            last.lines.add(line);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void depthBelow_recordedText_isFound(Case recorded) {
        assertThat(CgroupText.depthBelow(recorded.id, recorded.lines)).isEqualTo(recorded.depth);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void depthBelow_idOfAnother_isEmpty(Case recorded) {
        assertThat(CgroupText.depthBelow("f".repeat(64), recorded.lines)).isEmpty();
    }

    @Test
    void depthBelow_partOfAnId_isEmpty() {
        List<String> lines = List.of("0::/kubepods/pod1/" + ID, "1:cpu:/kubepods/pod1/crio-" + ID + ".scope");
        assertThat(CgroupText.depthBelow(ID.substring(1), lines)).isEmpty();
        assertThat(CgroupText.depthBelow(ID.substring(0, 63), lines)).isEmpty();
    }

    @Test
    void depthBelow_idWithSignsOfAPattern_isTakenAsItIs() {
        assertThat(CgroupText.depthBelow(".*", List.of("0::/kubepods/pod1/" + ID)))
                .isEmpty();
        assertThat(CgroupText.depthBelow("a\\Eb", List.of("0::/kubepods/a\\Eb")))
                .hasValue(0);
    }

    @Test
    void depthBelow_linesOfAnotherForm_areIgnored() {
        assertThat(CgroupText.depthBelow(ID, List.of("", ID, "0:" + ID, "0::" + "/", "process 1 S")))
                .isEmpty();
    }

    private static String text() throws IOException {
        try (InputStream in = CgroupTextTest.class.getResourceAsStream("cgroups.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
