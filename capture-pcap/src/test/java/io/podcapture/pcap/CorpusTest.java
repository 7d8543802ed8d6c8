package io.podcapture.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files nobody here wrote, many malformed on purpose; skipped where they are not beside the checkout. */
class CorpusTest {
    /** Garbage of which all but the first packet are records of zeros, which are damage where it is passed over. */
    private static final String ZEROS = "tcpdump/bgp_vpn_rt-oobr.pcap";

    @Test
    void next_onEachFile_givesAsManyPacketsAsTheBetterOfOtherTools() throws IOException {
        assumeThat(Corpus.DIRECTORY.resolve("expected.tsv"))
                .as("the corpus is here")
                .exists();
        List<String> differences = new ArrayList<>();

        for (String line : Files.readAllLines(Corpus.DIRECTORY.resolve("expected.tsv"))) {
            String[] fields = line.split("\t");
            if (fields[0].equals("file")) {
                continue;
            }
            String seen = count(Corpus.DIRECTORY.resolve(fields[0]));
            if (!seen.equals(most(fields[2], fields[3]))) {
                differences.add(fields[0] + ": capinfos " + fields[2] + ", tcpdump " + fields[3] + ", here " + seen);
            }
        }

        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void next_onEachFileUnderEachPolicy_throwsNothingOutsideTheContract(DamagePolicy policy) throws IOException {
        assumeThat(Corpus.DIRECTORY.resolve("expected.tsv"))
                .as("the corpus is here")
                .exists();
        List<String> fewer = new ArrayList<>();

        for (String line : Files.readAllLines(Corpus.DIRECTORY.resolve("expected.tsv"))) {
            String[] fields = line.split("\t");
            if (!fields[0].equals("file")) {
                int least = Integer.parseInt(most(fields[2], fields[3]));
                int seen = count(Corpus.DIRECTORY.resolve(fields[0]), policy);
                if (seen < least && !(policy == DamagePolicy.RESYNC && fields[0].equals(ZEROS))) {
                    fewer.add(fields[0] + " " + seen + " of " + least);
                }
            }
        }

        assertThat(fewer).isEmpty();
    }

    private static int count(Path file, DamagePolicy policy) throws IOException {
        try (PacketCursor cursor = PacketCursor.open(file).onDamage(policy)) {
            int count = 0;
            while (cursor.next()) {
                count++;
            }
            return count;
        } catch (PcapFormatException e) {
            return -1;
        }
    }

    /** Of two counts, either of which may be a dash for "could not read it". */
    private static String most(String one, String other) {
        if (one.equals("-") || other.equals("-")) {
            return one.equals("-") ? other : one;
        }
        return Integer.toString(Math.max(Integer.parseInt(one), Integer.parseInt(other)));
    }

    private static String count(Path file) throws IOException {
        int count = 0;
        try (PacketCursor cursor = PacketCursor.open(file)) {
            while (cursor.next()) {
                count++;
            }
        } catch (PcapFormatException e) {
            return count + " " + e.getMessage();
        }
        return Integer.toString(count);
    }
}
