package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podcapture.pcap.LinkType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WrongFilterTest {
    private static final String MARK = "▸";

    static Stream<String> wrongFilters() throws IOException {
        try (InputStream lines =
                Objects.requireNonNull(WrongFilterTest.class.getResourceAsStream("wrong-filters.txt"))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("wrongFilters")
    void compile_wrongFilter_isRefusedAtTheFault(String line) {
        String marked = line.substring(0, line.indexOf('\t'));
        String reason = line.substring(line.indexOf('\t') + 1);
        String expression = marked.replace(MARK, "");

        assertThatThrownBy(() -> PacketFilter.compile(expression, LinkType.ETHERNET, 0))
                .isInstanceOfSatisfying(FilterSyntaxException.class, e -> {
                    assertThat(e.reason()).contains(reason);
                    assertThat(e.column()).isEqualTo(marked.indexOf(MARK) + 1);
                    assertThat(e).hasMessageContaining("bad filter at column " + e.column());
                });
    }
}
