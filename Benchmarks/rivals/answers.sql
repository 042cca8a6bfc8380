-- The answers in one order and one spelling, so that equal ones are equal bytes. Names of types and customers as texts.
-- $customer: how the customer's number follows; $folder: where to.
COPY (SELECT $customer AS customer, last, frequency, monetary, r, f, m FROM rfm ORDER BY 1)
TO '$folder/rfm.csv' $options;
COPY (SELECT a.name AS before, b.name AS type, count FROM edges JOIN types a ON a.type = before JOIN types b ON b.type = edges.type
    ORDER BY 1, 2) TO '$folder/edges.csv' $options;
COPY (SELECT $customer AS customer, points FROM points ORDER BY 1) TO '$folder/points.csv' $options;
COPY (SELECT $customer AS customer, stage FROM stages ORDER BY 1) TO '$folder/stages.csv' $options;
