const answer = () => new Response("This address cannot be read: it holds a broken percent-escape.", { status: 400 });

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
