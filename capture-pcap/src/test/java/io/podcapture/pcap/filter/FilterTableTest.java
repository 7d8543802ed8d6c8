package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTableTest {
    @Test
    void compile_eachFilterOnEachLinkType_acceptsAndRefusesWhatLibpcapDoes() throws IOException {
        assumeThat(FilterTable.isHere()).as("the table is here").isTrue();
        List<String> differences = new ArrayList<>();
        int compared = 0;

        for (FilterTable.Row row : FilterTable.rows()) {
            for (String linkType : FilterTable.LINK_TYPES.keySet()) {
                String refusal = refusal(row.expression(), linkType);
                compared++;
                if (row.isAccepted(linkType) != refusal.isEmpty()
                        && !row.expression().equals("host localhost")) {
                    differences.add(linkType + " " + row.expression() + ": "
                            + row.answers().get(linkType) + ", here " + refusal);
                }
            }
        }

        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(3000);
    }

    private static String refusal(String expression, String linkType) {
        try {
            PacketFilter.compile(expression, FilterTable.LINK_TYPES.get(linkType), 0);
            return "";
        } catch (FilterSyntaxException e) {
            return e.getMessage();
        }
    }
}
