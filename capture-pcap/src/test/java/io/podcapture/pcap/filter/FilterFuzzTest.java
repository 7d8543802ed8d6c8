package io.podcapture.pcap.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.podcapture.pcap.LinkType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts made of the language's words in no order: each compiles or is refused within its text. */
class FilterFuzzTest {
    private static final int TEXTS = Boolean.getBoolean("podcapture.soak") ? 1_000_000 : 30_000;
    private static final LinkType[] LINK_TYPES = {
        LinkType.ETHERNET,
        LinkType.LINUX_SLL,
        LinkType.LINUX_SLL2,
        LinkType.RAW,
        LinkType.IPV6,
        LinkType.NULL,
        LinkType.NFLOG,
        new LinkType(9)
    };
    private static final String[] OPEN_KINDS = {
        "80",
        "0x10",
        "10.0.0.1",
        "10.1",
        "::1",
        "fe80::/10",
        "1:2:3:4:5:6",
        "http",
        "1-9",
        "\\tcp",
        "\\-80",
        "\\80-",
        "a.bb.cc.dd.e.f",
        "$1f",
        "foo",
        ";",
        "é",
        "4294967295",
        "\t",
        "089",
        "aa:bb:",
        ":",
        "10.0.0.0/8",
        "/",
        "65536",
        "7"
    };

    private final Random random = new Random(Long.getLong("podcapture.fuzz.seed", 7));
    private final List<String> words = new ArrayList<>(List.of(OPEN_KINDS));

    @Test
    void compile_anyText_keepsItsContract() {
        for (Word word : Word.values()) {
            words.add(word.spelling());
        }
        byte[] packet = new byte[64];
        random.nextBytes(packet);
        int compiled = 0;

        for (int i = 0; i < TEXTS; i++) {
            String text = text();
            LinkType linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];
            try {
                PacketFilter filter = PacketFilter.compile(text, linkType, 0);
                filter.matches(ByteBuffer.wrap(packet), 0, random.nextInt(65), 64);
                compiled++;
            } catch (FilterSyntaxException e) {
                assertThat(e.column()).as(text).isBetween(1, text.length() + 1);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(linkType + " " + text, e);
            }
        }

        assertThat(compiled).isGreaterThan(TEXTS / 200);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(4) == 0) {
            text.append(new RandomFilters(random.nextLong()).filter());
        }
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int at = text.isEmpty() ? 0 : random.nextInt(text.length());
            String word = words.get(random.nextInt(words.size()));
            text.insert(random.nextBoolean() ? text.length() : at, random.nextInt(5) == 0 ? word : " " + word + " ");
        }
        return text.toString();
    }
}
